/** Pre-emption, and the plan for everything that waits. */
import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useWrite } from './write';

/** Take the unit that a recommendation offers from a less urgent incident. */
export function usePreempt() {
  return useWrite(
    async (
      { incidentId, recommendationId, reason }: { incidentId: string; recommendationId: string; reason: string },
      headers,
    ) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/preemptions', {
          params: { path: { incident_id: incidentId } },
          headers,
          body: { recommendation_id: recommendationId, reason },
        }),
      ),
    [['incident'], keys.units],
  );
}

/** Ask for a plan for everything that waits. */
export function useProposePlan() {
  return useWrite(
    async (_asked: object, headers) => bodyOf(await api.POST('/api/v1/batch-plans', { headers })),
    [],
  );
}

export function useCommitPlan() {
  return useWrite(
    async ({ id, incidentIds }: { id: string; incidentIds: string[] }, headers) =>
      bodyOf(
        await api.POST('/api/v1/batch-plans/{plan_id}/commit', {
          params: { path: { plan_id: id } },
          headers,
          body: { incident_ids: incidentIds },
        }),
      ),
    [['incident'], keys.openIncidents, keys.units],
  );
}
