/** Units that are sent, and their moves: writes. */
import { api } from './client';
import type { Undo } from './counterMoves';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { Assignment, AssignmentFacts, Incident } from './types';
import { ahead, newKey, useWrite, type Ahead } from './write';

export interface AssignInput {
  incidentId: string;
  unitIds: string[];
  recommendationId?: string;
  departureReason?: string;
}

function undoAssign(_input: AssignInput, sent: readonly Assignment[]): Undo {
  const about = sent.map(({ call_sign }) => call_sign).join(' · ');
  return {
    move: 'incident_assign',
    about,
    stood: { jobs: sent.map(({ id }) => ({ id, key: newKey() })) },
  };
}

export function useAssign() {
  return useWrite(
    async ({ incidentId, unitIds, recommendationId, departureReason }: AssignInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/assignments', {
          params: { path: { incident_id: incidentId } },
          headers,
          body: {
            unit_ids: unitIds,
            ...(recommendationId === undefined ? {} : { recommendation_id: recommendationId }),
            ...(departureReason === undefined ? {} : { departure_reason: departureReason }),
          },
        }),
      ),
    [['incident'], keys.units],
    { undo: undoAssign },
  );
}

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
