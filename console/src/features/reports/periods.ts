/** Periods of a report. */

export const SPANS = ['day', 'week', 'month', 'year'] as const;
export type Span = (typeof SPANS)[number];

export interface Period {
  since: string;
  until: string;
}

const DAYS: Record<Span, number> = { day: 1, week: 7, month: 30, year: 365 };
const DAY_MS = 24 * 3600_000;
const HOUR_MS = 3600_000;

/** The last day, week, month or year, up to the end of this hour: the same all through the hour. */
export function periodOf(span: Span, now_ms: number): Period {
  const until_ms = Math.ceil(now_ms / HOUR_MS) * HOUR_MS;
  return {
    since: new Date(until_ms - DAYS[span] * DAY_MS).toISOString(),
    until: new Date(until_ms).toISOString(),
  };
}

/** Which of the spans a period is, if it is one. */
export function spanOf({ since, until }: Period): Span | null {
  const days = (Date.parse(until) - Date.parse(since)) / DAY_MS;
  return SPANS.find((span) => DAYS[span] === days) ?? null;
}
