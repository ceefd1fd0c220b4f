/**
 * What a crew does, as acts that wait on its device until the server has taken them.
 *
 * Acts of one assignment go out in the order in which they were done, and none jumps over one that was
 * refused. Each has an id of its own, which is its Idempotency-Key: sent twice, it counts once.
 */
import type { Assignment } from './types';

export type MoveName = 'en_route' | 'on_scene' | 'clear';
export type State = Assignment['state'];

export type Deed =
  | { kind: 'move'; move: MoveName; outcome: string }
  | { kind: 'photo'; content: Blob }
  | { kind: 'voice'; content: Blob; seconds: number };

/** Why the server refused an act, in its own words, and the state that it found. */
export interface Refusal {
  code: string;
  title: string;
  state: State | null;
}

export interface Act {
  /** Counts the acts of this device. */
  order: number;
  /** The act's Idempotency-Key. */
  id: string;
  accountId: string;
  assignmentId: string;
  incidentId: string;
  /** When it was done, by this device. */
  toldAt: string;
  deed: Deed;
  refusal: Refusal | null;
}

export type NewAct = Omit<Act, 'order' | 'refusal'>;

const TARGET: Record<MoveName, State> = {
  en_route: 'EN_ROUTE',
  on_scene: 'ON_SCENE',
  clear: 'CLEARED',
};

/** How far along its way a state is. A cancelled assignment is on no way any more. */
const WAY: Partial<Record<State, number>> = { ASSIGNED: 0, EN_ROUTE: 1, ON_SCENE: 2, CLEARED: 3 };

function isState(value: unknown): value is State {
  return value === 'CANCELLED' || (typeof value === 'string' && value in WAY);
}

/** The next act of each assignment to be sent. One that was refused holds up those behind it. */
export function nextActs(acts: readonly Act[], accountId: string): Act[] {
  const first = new Map<string, Act>();
  for (const act of acts) {
    if (act.accountId === accountId && !first.has(act.assignmentId)) {
      first.set(act.assignmentId, act);
    }
  }
  return [...first.values()].filter(({ refusal }) => refusal === null);
}

/** The state that an assignment will have once the acts that wait have been taken. */
export function stateAfter({ id, state }: Assignment, acts: readonly Act[]): State {
  let after = state;
  for (const { assignmentId, deed, refusal } of acts) {
    if (assignmentId !== id) continue;
    if (refusal !== null) break;
    if (deed.kind === 'move' && isAhead(TARGET[deed.move], after)) after = TARGET[deed.move];
  }
  return after;
}

function isAhead(target: State, present: State): boolean {
  const [to, from] = [WAY[target], WAY[present]];
  return to !== undefined && from !== undefined && to > from;
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

/**
 * What a refusal means: try later, take it as done, or show it.
 *
 * A move that another device of the crew has made already, or has gone beyond, is done. One that
 * carries words never is: they would be lost.
 */
export function judge({ deed }: Act, { status, code, title, facts }: Answer): Verdict {
  if (UNDECIDED.has(status) || status >= 500 || code === 'idempotency.key_busy') return 'later';
  const state = isState(facts['state']) ? facts['state'] : null;
  if (code === 'move.not_allowed' && state !== null && isReached(deed, state)) {
    return 'made_elsewhere';
  }
  return { code, title, state };
}

function isReached(deed: Deed, state: State): boolean {
  if (deed.kind !== 'move' || deed.outcome !== '') return false;
  return state in WAY && !isAhead(TARGET[deed.move], state);
}
