/** What is new in the console since this browser was last told. */
import type { NewsEntry } from './pages';

const KEY = 'anlan.news';
/** Of a browser that was away for long, so many entries are shown. */
export const NEWS_LIMIT_ENTRIES = 20;

/** The newest entry that this browser was told of; null in a browser that never was. */
export function lastTold(): string | null {
  return localStorage.getItem(KEY);
}

export function setTold(): void {
  localStorage.setItem(KEY, NEWEST_ENTRY);
}

/** Whether there is something new. Who comes for the first time is new here: nothing else is. */
export function hasNews(): boolean {
  const told = lastTold();
  if (told === null) setTold();
  return told !== null && told !== NEWEST_ENTRY;
}

/** The entries that are newer than one; all that fit where that is gone. */
export function newsSince(entries: readonly NewsEntry[], told: string | null): NewsEntry[] {
  const at = entries.findIndex(({ mark }) => mark === told);
  return entries.slice(0, at === -1 ? NEWS_LIMIT_ENTRIES : Math.min(at, NEWS_LIMIT_ENTRIES));
}
