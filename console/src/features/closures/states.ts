/** How a closure stands: in force, still to come, over, about to end by itself. */
import type { Closure } from '../../api/onMap';

export type ClosureState = 'closed' | 'coming' | 'over';
type Times = Pick<Closure, 'from_at' | 'until_at'>;

/** As long before its end a closure waits under Next too. */
const ENDS_SOON_MS = 12 * 3600_000;

/** When it ends by itself; never where nobody said so. */
const endOf = ({ until_at }: Times): number => (until_at === null ? Infinity : Date.parse(until_at));

export function stateOf(closure: Times, now_ms: number): ClosureState {
  if (endOf(closure) <= now_ms) return 'over';
  return Date.parse(closure.from_at) <= now_ms ? 'closed' : 'coming';
}

export function endsSoon(closure: Times, now_ms: number): boolean {
  return endOf(closure) <= now_ms + ENDS_SOON_MS;
}

/** Those not over: first what is closed, the first to end on top; then what comes, the first to begin on top. */
export function inOrder<One extends Times>(closures: readonly One[], now_ms: number): One[] {
  const of = (state: ClosureState): One[] => closures.filter((one) => stateOf(one, now_ms) === state);
  // Two that end at no time are a tie: Infinity less Infinity is no number.
  const byEnd = (a: One, b: One): number => (endOf(a) === endOf(b) ? 0 : endOf(a) - endOf(b));
  return [
    ...of('closed').sort(byEnd),
    ...of('coming').sort((a, b) => Date.parse(a.from_at) - Date.parse(b.from_at)),
  ];
}
