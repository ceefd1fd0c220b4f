import { AlarmClock, Check, Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useServerNow } from '../api/serverClock';
import type { IncidentRow } from '../api/types';
import { readClock, writeSpan, type ClockState } from './clock';

const PICTURES: Record<ClockState, typeof Clock> = {
  running: Clock,
  warning: AlarmClock,
  breached: TriangleAlert,
  met: Check,
  missed: TriangleAlert,
};

/** The response clock of an incident, running down, or what it came to. */
export function ResponseClock({ incident }: { incident: IncidentRow }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  if (incident.state !== 'OPEN') return <span className="soft">–</span>;
  const { label, state, span_ms } = readClock(incident.clock, incident.received_at, now_ms);
  const Picture = PICTURES[state];
  return (
    <span className={`clock clock--${state}`}>
      <Picture size={14} aria-hidden />
      <span className="clock__what">{t(`clock.${label}`)}</span>
      <span className="clock__time" role="timer" aria-live="off">
        {writeSpan(span_ms)}
      </span>
    </span>
  );
}
