/** Sends the acts that wait, one assignment's in their order, until the server has taken them. */
import type { QueryClient } from '@tanstack/react-query';

import { judge, nextActs, type Act, type Answer } from './acts';
import { dropAct, markAct, readActs } from './actStore';
import { api } from './client';
import { keys } from './keys';
import { asProblem, bodyOf, type Problem } from './problem';
import type { Assignment } from './types';

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;
/** Of several pages on one device, one sends. */
const LOCK = 'anlan-acts';

/** A form with one file. */
function formOf(field: string, content: Blob): FormData {
  const form = new FormData();
  form.append(field, content, field);
  return form;
}

async function sendMove(act: Act, move: string, outcome: string): Promise<Assignment> {
  return bodyOf(
    await api.POST('/api/v1/assignments/{assignment_id}/moves/{move}', {
      params: { path: { assignment_id: act.assignmentId, move } },
      headers: { 'Idempotency-Key': act.id },
      body: { outcome, reason: '', told_at: act.toldAt },
    }),
  );
}

function formRequest(act: Act, field: string, content: Blob) {
  return {
    headers: { 'Idempotency-Key': act.id },
    bodySerializer: () => formOf(field, content),
  };
}

async function send(act: Act): Promise<Assignment | null> {
  const { deed, assignmentId: assignment_id, toldAt: told_at } = act;
  if (deed.kind === 'move') return sendMove(act, deed.move, deed.outcome);
  const request = formRequest(act, deed.kind, deed.content);
  if (deed.kind === 'photo') {
    const params = { path: { assignment_id }, query: { told_at } };
    const body = { photo: '' };
    bodyOf(await api.POST('/api/v1/assignments/{assignment_id}/photos', { params, body, ...request }));
  } else {
    const params = { path: { assignment_id }, query: { told_at, seconds: deed.seconds } };
    const body = { voice: '' };
    bodyOf(
      await api.POST('/api/v1/assignments/{assignment_id}/voice-notes', { params, body, ...request }),
    );
  }
  return null;
}

function answerOf({ status, code, message, facts }: Problem): Answer {
  return { status, code, title: message, facts };
}

/** Send one act; return whether the next one may follow. */
async function settle(cache: QueryClient, act: Act): Promise<boolean> {
  try {
    const moved = await send(act);
    if (moved !== null) cache.setQueryData(keys.openAssignment(moved.unit_id), moved);
  } catch (error) {
    const verdict = judge(act, answerOf(asProblem(error)));
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
  const stale = [keys.assignments, ['incident'], keys.units];
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
