import { AlarmClock, Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useServerNow } from '../../api/serverClock';
import type { JointPartRow, PartState } from '../../api/types';
import { writeSpan } from '../../ui/clock';

const WARN_MS = 10 * 60_000;
const LOOKS: Record<PartState, string> = {
  CALLED: 'chip--warn',
  REFUSED: 'chip--bad',
  REPORTED_IN: 'chip--accent chip--half',
  DONE: 'chip--good chip--full',
  WAIVED: 'chip--square',
};

/** Where a department's part is in its life, in words. */
export function PartChip({ state }: { state: PartState }) {
  const { t } = useTranslation();
  return <span className={`chip ${LOOKS[state]}`}>{t(`part_state.${state}`)}</span>;
}

/** That a department came late, or is late with its part: told of it for good. */
export function PartLate({ part }: { part: JointPartRow }) {
  const { t } = useTranslation();
  return (
    <>
      {part.came_late && (
        <span className="chip chip--bad">
          <TriangleAlert size={12} aria-hidden /> {t('joint.came_late')}
        </span>
      )}
      {part.late && (
        <span className="chip chip--bad">
          <TriangleAlert size={12} aria-hidden /> {t('joint.late')}
        </span>
      )}
    </>
  );
}

/** How long whoever has the part now has left, or how late they are. */
export function PartClock({ part }: { part: JointPartRow }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  if (part.ended_at !== null) return null;
  if (part.holder_due_at === null) return <span className="soft">{t('joint.no_due')}</span>;
  const left_ms = Date.parse(part.holder_due_at) - now_ms;
  const state = left_ms < 0 ? 'breached' : left_ms < WARN_MS ? 'warning' : 'running';
  const Picture = { breached: TriangleAlert, warning: AlarmClock, running: Clock }[state];
  const what = { CALLED: 'report_in_by', REFUSED: 'decide_by', REPORTED_IN: 'done_by' } as const;
  const name = part.state in what ? what[part.state as keyof typeof what] : 'done_by';
  return (
    <span className={`clock clock--${state}`}>
      <Picture size={14} aria-hidden />
      <span className="clock__what">
        {t(`joint.${name}`)}
        {left_ms < 0 && ` · ${t('joint.over')}`}
      </span>
      <span className="clock__time" role="timer" aria-live="off">
        {writeSpan(Math.abs(left_ms))}
      </span>
    </span>
  );
}
