/** Sends the acts that wait, those on one thing in their order, until the server has taken them. */
import type { QueryClient } from '@tanstack/react-query';

import { judge, nextActs, type Act, type Answer } from './acts';
import { dropAct, markAct, readActs } from './actStore';
import { isCrewDeedDone, sendCrewDeed } from './crewDeeds';
import { isFieldDeed, sendFieldDeed } from './fieldDeeds';
import { keys } from './keys';
import { asProblem, type Problem } from './problem';

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;
/** Of several pages on one device, one sends. */
const LOCK = 'anlan-acts';

/** Send an act and show what it changed. */
async function send(cache: QueryClient, act: Act): Promise<void> {
  const { deed } = act;
  if (isFieldDeed(deed)) {
    const left = await sendFieldDeed({ ...act, deed });
    cache.setQueryData(keys.fieldCase(left.id), left);
    return;
  }
  const moved = await sendCrewDeed({ ...act, deed });
  if (moved !== null) cache.setQueryData(keys.openAssignment(moved.unit_id), moved);
}

function isDone({ deed }: Act, state: string): boolean {
  // What an officer did is shown beside what others did; it is never taken as theirs.
  return !isFieldDeed(deed) && isCrewDeedDone(deed, state);
}

function answerOf({ status, code, message, facts }: Problem): Answer {
  return { status, code, title: message, facts };
}

/** Send one act; return whether the next one may follow. */
async function settle(cache: QueryClient, act: Act): Promise<boolean> {
  try {
    await send(cache, act);
  } catch (error) {
    const verdict = judge(answerOf(asProblem(error)), (state) => isDone(act, state));
    if (verdict === 'later') return false;
    if (verdict !== 'made_elsewhere') {
      await markAct(act, verdict);
      return true;
    }
  }
  await dropAct(act.order);
  return true;
}

/** Send what can be sent; return whether nothing is left that time alone would bring on. */
async function sendAll(cache: QueryClient, accountId: string): Promise<boolean> {
  for (let sent = 0; ; sent += 1) {
    const [act] = nextActs(await readActs(), accountId);
    if (act === undefined) {
      if (sent > 0) await renew(cache);
      return true;
    }
    if (!(await settle(cache, act))) return false;
  }
}

async function renew(cache: QueryClient): Promise<void> {
  const stale = [keys.assignments, ['incident'], keys.units, keys.round, keys.cases];
  await Promise.all(stale.map((queryKey) => cache.invalidateQueries({ queryKey })));
}

let kick: () => void = () => undefined;

/** Try now to send what waits. */
export function sendNow(): void {
  kick();
}

/** Keep sending until the returned function is called. */
export function keepSending(cache: QueryClient, accountId: string): () => void {
  let retry_ms = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let isBusy = false;
  let isWanted = false;

  async function round(): Promise<void> {
    isWanted = true;
    if (isBusy) return;
    isBusy = true;
    clearTimeout(timer);
    let settled = true;
    while (isWanted && !stopped) {
      isWanted = false;
      settled = await locked(() => sendAll(cache, accountId)).catch(() => false);
    }
    isBusy = false;
    retry_ms = settled ? FIRST_RETRY_MS : Math.min(retry_ms * 2, LONGEST_RETRY_MS);
    if (!settled && !stopped) timer = setTimeout(() => void round(), retry_ms);
  }

  const now = (): void => {
    retry_ms = FIRST_RETRY_MS;
    void round();
  };
  kick = now;
  window.addEventListener('online', now);
  document.addEventListener('visibilitychange', now);
  now();
  return () => {
    stopped = true;
    kick = () => undefined;
    clearTimeout(timer);
    window.removeEventListener('online', now);
    document.removeEventListener('visibilitychange', now);
  };
}

/** Without TLS a browser has no locks; there the acts' own ids keep them from counting twice. */
async function locked(work: () => Promise<boolean>): Promise<boolean> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks === undefined ? work() : locks.request(LOCK, work);
}
