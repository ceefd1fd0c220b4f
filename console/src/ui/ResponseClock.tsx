import { AlarmClock, Check, CircleX, Clock, Hourglass, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useClockName } from '../api/clocks';
import { useServerNow } from '../api/serverClock';
import type { IncidentRow } from '../api/types';
import { readClock, writeSpan, type ClockReading } from './clock';

/** Each state has a picture of its own: its colour only repeats it. */
const PICTURES: Record<ClockReading['state'], typeof Clock> = {
  waiting: Hourglass,
  running: Clock,
  warning: AlarmClock,
  breached: TriangleAlert,
  met: Check,
  missed: CircleX,
};

export const CLOCK_STATES = Object.keys(PICTURES) as ClockReading['state'][];

/** What a clock shows: a picture, which clock and how it stands in words, and the time. */
export function ClockFace({ reading }: { reading: ClockReading }) {
  const { t } = useTranslation();
  const clockName = useClockName();
  const Picture = PICTURES[reading.state];
  const name = reading.code === null ? '' : clockName(reading.code);
  return (
    <span className={`clock clock--${reading.state}`}>
      <Picture size={14} aria-hidden />
      <span className="clock__what">
        {t(`clock.${reading.state}`, { name })}
        {reading.unit !== '' && ` ${reading.unit}`}
      </span>
      <span className="clock__time" role="timer" aria-live="off">
        {writeSpan(reading.span_ms)}
      </span>
    </span>
  );
}

/** The response clock of an incident, running down, or what it came to. */
export function ResponseClock({ incident }: { incident: IncidentRow }) {
  const now_ms = useServerNow();
  if (incident.state !== 'OPEN') return <span className="soft">–</span>;
  return <ClockFace reading={readClock(incident.clocks, incident.received_at, now_ms)} />;
}
