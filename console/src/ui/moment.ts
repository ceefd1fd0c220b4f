const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600_000;
const HALF_YEAR_MS = 180 * DAY_MS;

/** Whether the time of day says it all: of the last 24 hours, or later today. */
function isNear(moment: Date, now_ms: number): boolean {
  const since_ms = now_ms - moment.getTime();
  if (since_ms >= 0) return since_ms < DAY_MS;
  return moment.toDateString() === new Date(now_ms).toDateString();
}

/** Whether the day alone would not say which: another year, and not by some weeks only. */
function isFar(moment: Date, now_ms: number): boolean {
  return Math.abs(now_ms - moment.getTime()) > HALF_YEAR_MS;
}

const writers = new Map<string, Intl.DateTimeFormat>();

/** Making a writer of times costs more than a row of a list: each is made once. */
function writerOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + Object.keys(options).join();
  const writer = writers.get(key) ?? new Intl.DateTimeFormat(language, options);
  writers.set(key, writer);
  return writer;
}

const WHOLE = {
  year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
} as const;

/** All of a moment: date and time of day. */
export function wholeMoment(moment: Date, language: string): string {
  return writerOf(language, WHOLE).format(moment);
}

/**
 * The time of day, with the date where that would not say which day. What has happened is told to
 * the second, what is to come to the minute.
 *
 * `now_ms` is the present to the minute.
 */
export function writeMoment(moment: Date, now_ms: number, language: string): string {
  return writerOf(language, {
    ...(isNear(moment, now_ms) ? {} : { month: 'short', day: 'numeric' }),
    ...(isFar(moment, now_ms) ? { year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    ...(moment.getTime() - now_ms > MINUTE_MS ? {} : { second: '2-digit' }),
    hourCycle: 'h23',
  }).format(moment);
}
