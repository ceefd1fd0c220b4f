import { useTranslation } from 'react-i18next';

export const PRIORITIES = [1, 2, 3, 4] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The priority that a number from the API means; what is out of range counts as the lowest. */
export function priorityOf(value: number): Priority {
  return PRIORITIES.find((priority) => priority === value) ?? 4;
}

interface Props {
  priority: number;
  /** Also show the name, not only tell it to screen readers. */
  named?: boolean;
  /** The words stand beside it already. */
  bare?: boolean;
}

/** Urgency as shape, digit, colour and word: diamond 1, triangle 2, square 3, circle 4. */
export function PriorityMark({ priority, named = false, bare = false }: Props) {
  const { t } = useTranslation();
  const level = priorityOf(priority);
  return (
    <span className="line-up">
      <span className={`mark mark--${level}`} aria-hidden title={t(`priority.${level}`)}>
        {level}
      </span>
      {!bare && <span {...(named ? {} : { className: 'unseen' })}>{t(`priority.${level}`)}</span>}
    </span>
  );
}
