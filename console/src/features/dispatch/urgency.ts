/** Which incidents come first, and into which group of the queue each belongs. */
import type { IncidentPhase, IncidentRow } from '../../api/types';

export const GROUPS = ['all', 'waiting', 'moving', 'on_scene'] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Record<IncidentPhase, Group> = {
  WAITING: 'waiting',
  ASSIGNED: 'moving',
  EN_ROUTE: 'moving',
  ON_SCENE: 'on_scene',
  REPORTED: 'on_scene',
  LINKED: 'all',
  DIVERTED: 'all',
  CLOSED: 'all',
};

/** The most urgent first: priority, then those that wait for a unit, then the longest wait. */
export function byUrgency(a: IncidentRow, b: IncidentRow): number {
  const waits = (row: IncidentRow): number => (row.phase === 'WAITING' ? 0 : 1);
  return (
    a.priority - b.priority ||
    waits(a) - waits(b) ||
    Date.parse(a.received_at) - Date.parse(b.received_at)
  );
}

export function inGroup(row: IncidentRow, group: Group): boolean {
  return group === 'all' || GROUP_OF[row.phase] === group;
}

/** Whether the typed words stand in the number, the place or the name of the kind. */
export function matches(row: IncidentRow, kindName: string, words: string): boolean {
  const text = `${row.number} ${row.place_text} ${kindName}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
