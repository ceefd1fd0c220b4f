/** The ways to sign in beside the password, and a department's own provider. */
import { useQuery, useQueryClient } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { allowPurposes } from './purpose';
import { useWrite } from './write';

/** What the sign-in page offers beside the password. */
export function useWaysIn() {
  return useQuery({
    queryKey: keys.waysIn,
    queryFn: async () => bodyOf(await api.GET('/api/v1/sign-in-ways')),
  });
}

/** Go to a provider: the browser leaves this page, and comes back with an answer. */
export function useBeginAtProvider() {
  return useWrite(
    async (provider_id: string, headers) => {
      const body = { provider_id };
      const { address } = bodyOf(await api.POST('/api/v1/session/provider', { headers, body }));
      window.location.assign(address);
    },
    [],
    { patient: false },
  );
}

interface Answer {
  state: string;
  code: string;
  issuer: string | null;
  second?: string;
}

export function useFinishAtProvider() {
  const cache = useQueryClient();
  return useWrite(
    async (body: Answer, headers) => {
      const me = bodyOf(await api.POST('/api/v1/session/provider/answer', { headers, body }));
      allowPurposes(me.purposes);
      cache.setQueryData(keys.session, me);
    },
    [],
    { patient: false },
  );
}
