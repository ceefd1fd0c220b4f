/** Where the rows of the queue stand while somebody is at them: none moves until it is taken in. */
import type { IncidentRow } from '../../api/types';

export interface Kept {
  /** The rows where they stand, each as it is now; one that left as it was seen last. */
  rows: readonly IncidentRow[];
  /** How urgent each was when it took its place. */
  priorities: ReadonlyMap<string, number>;
  /** Those that stand here and belong here no more. */
  gone: ReadonlySet<string>;
  /** What belongs here and has no place yet. */
  added: readonly IncidentRow[];
  /** What became more urgent than where it stands. */
  raised: readonly IncidentRow[];
  isReordered: boolean;
}

const NONE: readonly IncidentRow[] = [];

/** Every row at its place. */
export function takeIn(ordered: readonly IncidentRow[]): Kept {
  return {
    rows: ordered,
    priorities: new Map(ordered.map(({ id, priority }) => [id, priority])),
    gone: new Set(),
    added: NONE,
    raised: NONE,
    isReordered: false,
  };
}

/** The same places, what stands there renewed, and what waits to be taken in. */
export function keepPlaces(
  before: Kept,
  ordered: readonly IncidentRow[],
  open: readonly IncidentRow[],
): Kept {
  const now = new Map(open.map((row) => [row.id, row]));
  const belongs = new Set(ordered.map(({ id }) => id));
  const rows = before.rows.map((row) => now.get(row.id) ?? row);
  const staying = rows.filter(({ id }) => belongs.has(id));
  const places = new Set(rows.map(({ id }) => id));
  const inOrder = ordered.filter(({ id }) => places.has(id));
  const isReordered = inOrder.some(({ id }, place) => id !== staying[place]?.id);
  const wasAt = (row: IncidentRow): number => before.priorities.get(row.id) ?? row.priority;
  return {
    rows,
    priorities: before.priorities,
    gone: new Set(rows.filter(({ id }) => !belongs.has(id)).map(({ id }) => id)),
    added: ordered.filter(({ id }) => !places.has(id)),
    raised: isReordered ? staying.filter((row) => row.priority < wasAt(row)) : NONE,
    isReordered,
  };
}

/** Whether anything waits to be taken in. */
export function waits({ added, gone, isReordered }: Kept): boolean {
  return added.length > 0 || gone.size > 0 || isReordered;
}

/** How urgent the most urgent is of what waits; none where nothing new or more urgent does. */
export function mostUrgent({ added, raised }: Kept): number | null {
  const waiting = [...added, ...raised].map(({ priority }) => priority);
  return waiting.length === 0 ? null : Math.min(...waiting);
}
