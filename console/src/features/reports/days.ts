/** Days as the calendar of whoever looks has them. */
import type { PeriodAsked } from '../../api/periodReport';

const DAYS = { day: 1, week: 7 } as const;
const NOON = 'T12:00:00Z';

/** The day of a moment in a time zone, as `2026-11-23`. */
export function dayOf(at_ms: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(at_ms));
}

/** A day in the period before (-1) or after (1) that of `day`. */
export function stepped(day: string, span: PeriodAsked['span'], by: 1 | -1): string {
  const moved = new Date(day + NOON);
  if (span === 'month') moved.setUTCMonth(moved.getUTCMonth() + by, 1);
  else moved.setUTCDate(moved.getUTCDate() + by * DAYS[span]);
  return moved.toISOString().slice(0, 10);
}
