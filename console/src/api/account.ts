/** What a person looks after alone: sign-ins, password, authenticator. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

export type OwnSession = components['schemas']['SessionOut'];

export function useOwnSessions() {
  return useQuery({
    queryKey: keys.ownSessions,
    queryFn: async () => bodyOf(await api.GET('/api/v1/own/sessions')),
  });
}

export function useEndSession() {
  return useWrite(
    async (id: string, headers) => {
      const params = { path: { session_id: id } };
      bodyOf(await api.DELETE('/api/v1/own/sessions/{session_id}', { params, headers }));
    },
    [keys.ownSessions],
  );
}

export function useEndOtherSessions() {
  return useWrite(
    async (_input: null, headers) =>
      bodyOf(await api.POST('/api/v1/own/end-other-sessions', { headers })),
    [keys.ownSessions],
  );
}

export function useChangePassword() {
  return useWrite(
    async (body: { present: string; password: string }, headers) => {
      bodyOf(await api.POST('/api/v1/own/password', { headers, body }));
    },
    [keys.ownSessions],
  );
}

export function useAuthenticator() {
  return useQuery({
    queryKey: keys.ownAuthenticator,
    queryFn: async () => bodyOf(await api.GET('/api/v1/own/authenticator')),
  });
}

export function useOfferAuthenticator() {
  return useWrite(async (_input: null, headers) =>
    bodyOf(await api.POST('/api/v1/own/authenticator', { headers })),
  );
}

export function useConfirmAuthenticator() {
  return useWrite(
    async (body: { code: string }, headers) =>
      bodyOf(await api.POST('/api/v1/own/authenticator/confirm', { headers, body })),
    [keys.ownAuthenticator],
  );
}

export function useTakeAuthenticatorOff() {
  return useWrite(
    async (_input: null, headers) => {
      bodyOf(await api.DELETE('/api/v1/own/authenticator', { headers }));
    },
    [keys.ownAuthenticator],
  );
}

export function useRenewRecoveryCodes() {
  return useWrite(
    async (_input: null, headers) =>
      bodyOf(await api.POST('/api/v1/own/recovery-codes', { headers })),
    [keys.ownAuthenticator],
  );
}
