/** Keys with which connected systems ask: made, listed, ended by administrators. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

export type ServiceKey = components['schemas']['ServiceKeyOut'];
type NewKey = components['schemas']['ServiceKeyBody'];

export function useServiceKeys() {
  return useQuery({
    queryKey: keys.serviceKeys,
    queryFn: async () => bodyOf(await api.GET('/api/v1/service-keys')),
  });
}

/** Make a key: the answer holds it, this once. */
export function useAddServiceKey() {
  return useWrite(
    async (body: NewKey, headers) =>
      bodyOf(await api.POST('/api/v1/service-keys', { headers, body })),
    [keys.serviceKeys],
  );
}

export function useEndServiceKey() {
  return useWrite(
    async (id: string, headers) => {
      const params = { path: { key_id: id } };
      return bodyOf(await api.POST('/api/v1/service-keys/{key_id}/end', { params, headers }));
    },
    [keys.serviceKeys],
  );
}
