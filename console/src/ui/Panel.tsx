import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  /** How many rows are inside, beside the title. */
  count?: number | undefined;
  /** What stands at the right of the title. */
  tools?: ReactNode;
  /** The content reaches the panel's edge: tables and lists. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A titled part of a screen. */
export function Panel({ title, count, tools, flush = false, className = '', children }: Props) {
  const heading = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={heading}>
      <div className="panel__head">
        <h2 id={heading}>{title}</h2>
        {count !== undefined && <span className="count">{count}</span>}
        {tools !== undefined && <div className="line-up">{tools}</div>}
      </div>
      <div className={flush ? 'panel__body panel__body--flush' : 'panel__body'}>{children}</div>
    </section>
  );
}
