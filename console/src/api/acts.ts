/**
 * What is done away from a desk, as acts that wait on the device until the server has taken them.
 *
 * Acts on one thing go out in the order in which they were done, and none jumps over one that was
 * refused. Each has an id of its own, which is its Idempotency-Key: sent twice, it counts once.
 */
import type { CrewDeed } from './crewDeeds';
import type { FieldDeed } from './fieldDeeds';

export type Deed = CrewDeed | FieldDeed;

/** Why the server refused an act, in its own words, and the state that it found. */
export interface Refusal {
  code: string;
  title: string;
  state: string | null;
}

export interface Act<Of extends Deed = Deed> {
  /** Counts the acts of this device. */
  order: number;
  /** The act's Idempotency-Key. */
  id: string;
  accountId: string;
  /** What it was done to: acts on one thing keep their order. */
  subjectId: string;
  /** When it was done, by this device. */
  toldAt: string;
  deed: Of;
  refusal: Refusal | null;
}

export type NewAct = Omit<Act, 'order' | 'refusal'>;

/** The next act on each thing to be sent. One that was refused holds up those behind it. */
export function nextActs(acts: readonly Act[], accountId: string): Act[] {
  const first = new Map<string, Act>();
  for (const act of acts) {
    if (act.accountId === accountId && !first.has(act.subjectId)) first.set(act.subjectId, act);
  }
  return [...first.values()].filter(({ refusal }) => refusal === null);
}

/** The answer to an act, as far as the queue is concerned. */
export interface Answer {
  status: number;
  code: string;
  title: string;
  facts: Readonly<Record<string, unknown>>;
}

export type Verdict = 'later' | 'made_elsewhere' | Refusal;

/** Answers after which the same act is sent again: nobody has decided about it. */
const UNDECIDED = new Set([0, 401, 408, 425, 429]);

/** What a refusal means: try later, take it as done (was it, or `isDone` at that state), or show it. */
export function judge(
  { status, code, title, facts }: Answer,
  isDone: (state: string) => boolean,
): Verdict {
  if (UNDECIDED.has(status) || status >= 500 || code === 'idempotency.key_busy') return 'later';
  // Its answer was lost days ago, on the way: the act itself was not.
  if (code === 'idempotency.done_before') return 'made_elsewhere';
  const state = typeof facts['state'] === 'string' ? facts['state'] : null;
  if (code === 'move.not_allowed' && state !== null && isDone(state)) return 'made_elsewhere';
  return { code, title, state };
}
