/** Passkeys: what the server asks is put to the browser, and what that answers is sent back. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';

import { api } from './client';
import { keys } from './keys';
import { bodyOf, Problem } from './problem';
import { allowPurposes } from './purpose';
import type { components } from './schema';
import { newKey, useWrite } from './write';

export type OwnPasskey = components['schemas']['PasskeyOut'];

interface Named {
  id: string;
  type: 'public-key';
}

/** The part of what the server asks that holds bytes; the rest is handed on as it is. */
interface Asked {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  allowCredentials?: Named[];
  excludeCredentials?: Named[];
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const named = (all: readonly Named[] = []) => all.map((one) => ({ ...one, id: bytesOf(one.id) }));

/** What the browser is given for what the server asks. */
function optionsOf(options: unknown): unknown {
  const asked = options as Asked;
  return {
    ...asked,
    challenge: bytesOf(asked.challenge),
    ...(asked.user && { user: { ...asked.user, id: bytesOf(asked.user.id) } }),
    allowCredentials: named(asked.allowCredentials),
    excludeCredentials: named(asked.excludeCredentials),
  };
}

/** What is sent for a credential of the browser. */
function answerOf(credential: PublicKeyCredential): string {
  const { response } = credential;
  const parts: Record<string, string> = { clientDataJSON: textOf(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    parts['attestationObject'] = textOf(response.attestationObject);
  } else if (response instanceof AuthenticatorAssertionResponse) {
    parts['authenticatorData'] = textOf(response.authenticatorData);
    parts['signature'] = textOf(response.signature);
    if (response.userHandle !== null) parts['userHandle'] = textOf(response.userHandle);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: id, type, response: parts });
}

/** Whether this browser can be asked for a passkey here: over TLS, or on this machine. */
export const canAskForPasskeys = 'PublicKeyCredential' in window;

/** Nobody answered: the person turned away, or no device has a passkey for this address. */
const unanswered = (): Problem =>
  new Problem({ code: 'passkey.unanswered', title: i18next.t('passkeys.unanswered') }, 0);

async function ask(how: 'create' | 'get', options: unknown): Promise<string> {
  try {
    const publicKey = optionsOf(options);
    const found = await (how === 'create'
      ? navigator.credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions })
      : navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions }));
    if (found instanceof PublicKeyCredential) return answerOf(found);
  } catch {
    // The browser does not say why, so that no page learns who is there.
  }
  throw unanswered();
}

export function useOwnPasskeys() {
  return useQuery({
    queryKey: keys.ownPasskeys,
    queryFn: async () => bodyOf(await api.GET('/api/v1/own/passkeys')),
  });
}

/** Add a passkey under a name; the answer holds recovery codes where there were none. */
export function useAddPasskey() {
  return useWrite(
    async (name: string, headers) => {
      const { options } = bodyOf(await api.POST('/api/v1/own/passkeys/begin', { headers }));
      const body = { name, answer: await ask('create', options) };
      const own = { 'Idempotency-Key': newKey() };
      return bodyOf(await api.POST('/api/v1/own/passkeys', { headers: own, body }));
    },
    [keys.ownPasskeys, keys.ownAuthenticator],
  );
}

export function useRemovePasskey() {
  return useWrite(
    async (id: string, headers) => {
      const params = { path: { passkey_id: id } };
      bodyOf(await api.DELETE('/api/v1/own/passkeys/{passkey_id}', { params, headers }));
    },
    [keys.ownPasskeys, keys.ownAuthenticator],
  );
}

/** Sign in by a passkey alone: whose it is, the passkey says. */
export function useSignInByPasskey() {
  const cache = useQueryClient();
  return useWrite(
    async (_input: null, headers) => {
      const { options } = bodyOf(await api.POST('/api/v1/session/passkey/begin', { headers }));
      const body = { answer: await ask('get', options) };
      const me = bodyOf(await api.POST('/api/v1/session/passkey', { headers, body }));
      allowPurposes(me.purposes);
      cache.setQueryData(keys.session, me);
    },
    [],
    { patient: false },
  );
}

/** Prove again by a passkey of one's own. */
export function useProveByPasskey() {
  return useWrite(async (_input: null, headers) => {
    const { options } = bodyOf(await api.POST('/api/v1/own/proof/passkey/begin', { headers }));
    const own = { 'Idempotency-Key': newKey() };
    const body = { answer: await ask('get', options) };
    bodyOf(await api.POST('/api/v1/own/proof/passkey', { headers: own, body }));
  });
}
