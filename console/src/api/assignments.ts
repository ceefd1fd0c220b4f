/** Moves of units that were sent: writes. */
import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { Assignment, AssignmentFacts, Incident } from './types';
import { ahead, useWrite, type Ahead } from './write';

export interface AssignmentMoveInput {
  id: string;
  incidentId: string;
  move: string;
  facts: AssignmentFacts;
}

/** Where a unit stands after a move that asks nothing: shown before the server has answered. */
const STANDS_AT: Partial<Record<string, Assignment['state']>> = {
  en_route: 'EN_ROUTE',
  on_scene: 'ON_SCENE',
};

function standingAhead({ id, incidentId, move }: AssignmentMoveInput): Ahead[] {
  const state = STANDS_AT[move];
  if (state === undefined) return [];
  const moved = (one: Assignment): Assignment =>
    one.id === id ? { ...one, state, moves: [] } : one;
  return [
    ahead<Incident>(keys.incident(incidentId), (incident) => ({
      ...incident,
      assignments: incident.assignments.map(moved),
    })),
  ];
}

export function useAssignmentMove() {
  return useWrite(
    async ({ id, move, facts }: AssignmentMoveInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/assignments/{assignment_id}/moves/{move}', {
          params: { path: { assignment_id: id, move } },
          headers,
          body: facts,
        }),
      ),
    [['incident'], keys.assignments, keys.units],
    { shows: standingAhead },
  );
}
