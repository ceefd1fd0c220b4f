import { useTranslation } from 'react-i18next';

import { useServerMinute, useServerNow } from '../api/serverClock';
import { currentLanguage } from '../i18n';
import { writeSpan } from './clock';

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

/** A moment: the time of day, with the date where that would not say which day. */
export function When({ at }: { at: string }) {
  const now_ms = useServerMinute();
  const moment = new Date(at);
  const shown = writerOf(currentLanguage(), {
    ...(isNear(moment, now_ms) ? {} : { month: 'short', day: 'numeric' }),
    ...(isFar(moment, now_ms) ? { year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  return (
    <time dateTime={at} title={writerOf(currentLanguage(), WHOLE).format(moment)}>
      {shown}
    </time>
  );
}

/** How long ago a moment was, renewed every second. */
export function Ago({ at }: { at: string }) {
  const { t } = useTranslation();
  const age_ms = Math.max(0, useServerNow() - Date.parse(at));
  return <time dateTime={at}>{t('time.ago', { span: writeSpan(age_ms) })}</time>;
}
