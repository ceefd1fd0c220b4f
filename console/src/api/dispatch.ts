/** Incidents, units and assignments: reads and writes. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { undoFrom, type Undo } from './counterMoves';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useMay } from './session';
import { useWrite } from './write';
import type { Incident, IncidentFacts, IncidentPage, IncidentRow } from './types';

const PAGE_ROWS = 100;
/** Open incidents are all on the map and in the queue, up to this many pages of them. */
const MAX_OPEN_PAGES = 20;
const WAY_RENEWAL_MS = 20_000;

async function incidentPage(state: IncidentRow['state'], after: string): Promise<IncidentPage> {
  const query = { state, limit: PAGE_ROWS, ...(after === '' ? {} : { after }) };
  return bodyOf(await api.GET('/api/v1/incidents', { params: { query } }));
}

/** Every open incident, kept up to date by the stream; none for those who may not read them. */
export function useOpenIncidents() {
  const enabled = useMay('incident.read');
  return useQuery({
    queryKey: keys.openIncidents,
    enabled,
    staleTime: Infinity,
    queryFn: async () => {
      const rows: IncidentRow[] = [];
      let after = '';
      for (let page = 0; page < MAX_OPEN_PAGES; page += 1) {
        const { items, next } = await incidentPage('OPEN', after);
        rows.push(...items);
        if (next === null) break;
        after = next;
      }
      return rows;
    },
  });
}

/** Incidents that left the queue, newest first, page by page. */
export function usePastIncidents(state: Exclude<IncidentRow['state'], 'OPEN'>) {
  return useInfiniteQuery({
    queryKey: [...keys.pastIncidents, state],
    initialPageParam: '',
    queryFn: ({ pageParam }) => incidentPage(state, pageParam),
    getNextPageParam: (page) => page.next,
  });
}

export function useIncident(id: string) {
  return useQuery({
    queryKey: keys.incident(id),
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/incidents/{incident_id}', {
          params: { path: { incident_id: id } },
        })),
  });
}

/** The reports behind an incident, first come first. */
export function useReportsOf(incidentId: string) {
  return useQuery({
    queryKey: [...keys.incident(incidentId), 'reports'],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/incidents/{incident_id}/reports', {
          params: { path: { incident_id: incidentId } },
        }),
      ),
  });
}

export function useUnits() {
  return useQuery({
    queryKey: keys.units,
    staleTime: Infinity,
    queryFn: async () => bodyOf(await api.GET('/api/v1/units')),
  });
}

/** The assignment that a unit works on now, if any. */
export function useOpenAssignment(unitId: string | null) {
  return useQuery({
    queryKey: keys.openAssignment(unitId),
    enabled: unitId !== null,
    queryFn: async () => {
      const query = { open: true, ...(unitId === null ? {} : { unit_id: unitId }) };
      const rows = bodyOf(await api.GET('/api/v1/assignments', { params: { query } }));
      return rows[0] ?? null;
    },
  });
}

/** The way of a unit to its incident. It is asked anew as the unit comes on. */
export function useWay(assignmentId: string, isOn: boolean) {
  return useQuery({
    queryKey: keys.way(assignmentId),
    enabled: isOn,
    refetchInterval: WAY_RENEWAL_MS,
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/assignments/{assignment_id}/way', {
          params: { path: { assignment_id: assignmentId } },
        }),
      ),
  });
}

/** Units for an incident by road travel time, with the reason for each. */
export function useRecommend() {
  return useWrite(async ({ incidentId }: { incidentId: string }, headers) =>
    bodyOf(
      await api.POST('/api/v1/incidents/{incident_id}/recommendations', {
        params: { path: { incident_id: incidentId } },
        headers,
      }),
    ),
  );
}

/** Ask the next ring of units for an incident, before its time. */
export function useEscalate() {
  return useWrite(
    async ({ id }: { id: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/escalation', {
          params: { path: { incident_id: id } },
          headers,
        }),
      ),
    [['incident']],
  );
}

export interface IncidentMoveInput {
  id: string;
  move: 'close' | 'reopen' | 'divert' | 'reprioritise' | 'raise_alarm';
  facts: IncidentFacts;
  /** The priority before, where that is what changes. */
  before?: number;
}

function undoMove({ move, facts, before }: IncidentMoveInput, made: Incident): Undo | null {
  if (move !== 'reprioritise' || before === undefined || before === facts.priority) return null;
  const { id, number: about, priority } = made;
  return undoFrom('OPEN', {
    move: 'incident_reprioritise',
    about,
    stood: { id, before, made: priority },
  });
}

export function useIncidentMove() {
  return useWrite(
    async ({ id, move, facts }: IncidentMoveInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/moves/{move}', {
          params: { path: { incident_id: id, move } },
          headers,
          body: facts,
        }),
      ),
    [['incident'], keys.openIncidents, keys.pastIncidents],
    { undo: undoMove },
  );
}
