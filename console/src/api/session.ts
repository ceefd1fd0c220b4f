import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf, Problem } from './problem';
import { allowPurposes } from './purpose';
import { useWrite } from './write';
import type { Me } from './types';

/** How long until a server that was away is asked again who is signed in. */
const ASK_AGAIN_MS = 3_000;

async function readSession(): Promise<Me | null> {
  const answer = await api.GET('/api/v1/session');
  if (answer.response.status === 401) return null;
  const me = bodyOf(answer);
  allowPurposes(me.purposes);
  return me;
}

/** Who is signed in; `null` when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: keys.session,
    staleTime: Infinity,
    refetchInterval: ({ state }) => state.status === 'error' && ASK_AGAIN_MS,
    queryFn: readSession,
  });
}

/** Ask now and then who is signed in: a shift puts somebody on a unit, or ends. */
export function useSessionRenewal(every_ms: number): void {
  useQuery({
    queryKey: keys.session,
    staleTime: Infinity,
    refetchInterval: every_ms,
    queryFn: readSession,
  });
}

/** The signed-in person, on screens that only a signed-in person reaches. */
export function useMe(): Me {
  const cache = useQueryClient();
  const me = useQuery<Me | null>({
    queryKey: keys.session,
    queryFn: () => cache.getQueryData<Me | null>(keys.session) ?? null,
    enabled: false,
  }).data;
  if (!me) throw new Error('This screen needs a signed-in person.');
  return me;
}

/** Whether the signed-in person holds a permission. The server checks it again. */
export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission);
}

export function useSignIn() {
  const cache = useQueryClient();
  return useWrite(
    async (input: { username: string; password: string; code?: string }, headers) => {
      const me = bodyOf(await api.POST('/api/v1/session', { headers, body: input }));
      allowPurposes(me.purposes);
      cache.setQueryData(keys.session, me);
      return me;
    },
    [],
    { patient: false },
  );
}

export function useSignOut() {
  const cache = useQueryClient();
  return useWrite(async (_input: null, headers) => {
    bodyOf(await api.DELETE('/api/v1/session', { headers }));
    forgetEverything(cache);
  });
}

/** What the service worker keeps of what was read, by name (`service-worker/sw.js`). */
const READ_CACHES = ['anlan-read', 'anlan-photos', 'anlan-wall'];

/** Drop all that was read for the person who left; the next person starts with nothing. */
function forgetEverything(cache: QueryClient): void {
  allowPurposes([]);
  if ('caches' in window) READ_CACHES.forEach((name) => void caches.delete(name));
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
  cache.setQueryData(keys.session, null);
}

/** Code of the refusal of everything but taking a second factor on. */
const FACTOR_NEEDED = 'factor.needed';

/** A read that was refused for want of a session sends the person to the sign-in page; for want of a second factor, to taking one on. */
export function onReadRefused(cache: QueryClient, error: unknown): void {
  if (!(error instanceof Problem)) return;
  if (error.status === 401) forgetEverything(cache);
  if (error.code === FACTOR_NEEDED) void cache.invalidateQueries({ queryKey: keys.session });
}
