/** Writes of closed roads; what is closed is read where the map reads it. */
import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

export type ClosureEntered = components['schemas']['ClosureBody'];

/** What is worked out anew where other roads are closed. */
const STALE = [keys.closures, keys.coverage, keys.waiting] as const;

export function useCloseRoads() {
  return useWrite(
    async (body: ClosureEntered, headers) =>
      bodyOf(await api.POST('/api/v1/road-closures', { headers, body })),
    STALE,
  );
}

export function useEndClosure() {
  return useWrite(
    async (id: string, headers) =>
      bodyOf(
        await api.POST('/api/v1/road-closures/{closure_id}/moves/end', {
          params: { path: { closure_id: id } },
          headers,
        }),
      ),
    STALE,
  );
}
