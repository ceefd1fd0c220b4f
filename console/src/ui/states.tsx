import { CircleAlert, CircleCheck, CloudOff, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { asProblem, UNREACHABLE, type Problem } from '../api/problem';
import { Button } from './Button';

const SKELETON_ROWS = 6;

/** The shape of what is being fetched. */
export function Skeleton({ rows = SKELETON_ROWS }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton__bar" />
      ))}
    </div>
  );
}

interface EmptyProps {
  title: string;
  text?: string;
  children?: ReactNode;
}

/** Nothing is there, why that is, and what can be done. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div className="state">
      <Inbox size={32} strokeWidth={1.25} aria-hidden />
      <p className="state__title">{title}</p>
      {text !== undefined && <p className="state__text">{text}</p>}
      {children}
    </div>
  );
}

/** A read that failed: what the server said and a way to try again. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const unreachable = problem.code === UNREACHABLE;
  const Picture = unreachable ? CloudOff : CircleAlert;
  return (
    <div className="state" role="alert">
      <Picture size={32} strokeWidth={1.25} aria-hidden />
      <p className="state__title">{unreachable ? t('problem.unreachable') : problem.message}</p>
      <p className="state__text">
        {unreachable ? t('problem.unreachable_text') : problem.detail}
      </p>
      <Button onPress={retry}>{t('action.retry')}</Button>
    </div>
  );
}

/** A write that was refused: the server's words name the field and the rule. */
export function ProblemNote({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation();
  if (problem === null) return null;
  const unreachable = problem.code === UNREACHABLE;
  return (
    <div className="note note--bad" role="alert">
      <CircleAlert size={16} aria-hidden />
      <div>
        <p className="note__text">
          {unreachable ? t('problem.unreachable') : problem.detail || problem.message}
        </p>
        <p className="note__rule">
          {unreachable ? t('problem.unreachable_text') : problem.detail && problem.message}
        </p>
      </div>
    </div>
  );
}

/** Something was done. */
export function DoneNote({ children }: { children: ReactNode }) {
  return (
    <div className="note note--good" role="status">
      <CircleCheck size={16} aria-hidden />
      <p className="note__text">{children}</p>
    </div>
  );
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => Promise<unknown> };
  skeletonRows?: number;
  children: (data: T) => ReactNode;
}

/** What was read, its skeleton until then, or what went wrong. Old data stays while it is renewed. */
export function Loaded<T>({ query, skeletonRows, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton {...(skeletonRows === undefined ? {} : { rows: skeletonRows })} />;
}
