/** What hangs together: incidents that are linked, reports that are taken out. */
import { api } from './client';
import { undoFrom, type Undo } from './counterMoves';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { Incident, LinkBody } from './types';
import { useWrite } from './write';

export type Relation = LinkBody['relation'];

interface LinkInput {
  id: string;
  body: LinkBody;
  /** Nothing hangs on it: what does would go along, and does not come back with it. */
  isAlone: boolean;
}

function undoLink({ id, body, isAlone }: LinkInput, { number }: Incident): Undo | null {
  if (body.relation === 'SAME' && !isAlone) return null;
  const move = body.relation === 'SAME' ? 'incident_link' : 'incident_place_under';
  return undoFrom('OPEN', { move, about: number, stood: { id } });
}

interface UnlinkInput {
  id: string;
  reason: string;
  parentId: string;
  relation: Relation;
}

function undoUnlink({ id, parentId, relation }: UnlinkInput, { number }: Incident): Undo | null {
  const stood = { id, parentId };
  return relation === 'SAME'
    ? undoFrom('LINKED', { move: 'incident_unlink', about: number, stood })
    : undoFrom('OPEN', { move: 'incident_take_out', about: number, stood });
}

/** Hang an incident on another one. */
export function useLink() {
  return useWrite(
    async ({ id, body }: LinkInput, headers) =>
      bodyOf(
        await api.PUT('/api/v1/incidents/{incident_id}/parent', {
          params: { path: { incident_id: id } },
          headers,
          body,
        }),
      ),
    [['incident'], keys.openIncidents, keys.pastIncidents],
    { undo: undoLink },
  );
}

/** Take an incident off its parent. */
export function useUnlink() {
  return useWrite(
    async ({ id, reason }: UnlinkInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/unlink', {
          params: { path: { incident_id: id } },
          headers,
          body: { reason },
        }),
      ),
    [['incident'], keys.openIncidents, keys.pastIncidents],
    { undo: undoUnlink },
  );
}

/** Take a report from its incident: it is about something else. */
export function useDetach() {
  return useWrite(
    async ({ reportId, reason }: { reportId: string; reason: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/reports/{report_id}/detach', {
          params: { path: { report_id: reportId } },
          headers,
          body: { reason },
        }),
      ),
    [['incident'], keys.openIncidents],
  );
}
