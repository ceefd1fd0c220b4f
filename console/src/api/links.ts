/** What hangs together: incidents that are linked, reports that are taken out. */
import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useWrite } from './write';
import type { LinkBody } from './types';

export type Relation = LinkBody['relation'];

/** Hang an incident on another one. */
export function useLink() {
  return useWrite(
    async ({ id, body }: { id: string; body: LinkBody }, headers) =>
      bodyOf(
        await api.PUT('/api/v1/incidents/{incident_id}/parent', {
          params: { path: { incident_id: id } },
          headers,
          body,
        }),
      ),
    [['incident'], keys.openIncidents, keys.pastIncidents],
  );
}

/** Take an incident off its parent. */
export function useUnlink() {
  return useWrite(
    async ({ id, reason }: { id: string; reason: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/unlink', {
          params: { path: { incident_id: id } },
          headers,
          body: { reason },
        }),
      ),
    [['incident'], keys.openIncidents, keys.pastIncidents],
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
