/** Accounts of others, as administrators look after them. */
import { useInfiniteQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

export type Account = components['schemas']['AccountOut'];

const PAGE_ROWS = 50;

/** The accounts in scope by name, those with `text` in a name alone. */
export function useAccounts(text: string) {
  return useInfiniteQuery({
    queryKey: [...keys.accounts, text],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/accounts', {
          params: { query: { limit: PAGE_ROWS, text, after: pageParam } },
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });
}

export function useAccountMove() {
  return useWrite(
    async ({ id, move, reason }: { id: string; move: string; reason: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/accounts/{account_id}/moves/{move}', {
          params: { path: { account_id: id, move } },
          headers,
          body: { reason },
        }),
      ),
    [keys.accounts],
  );
}

/** Let somebody sign in to an account by the provider of its organisation. */
export function useLinkAccount() {
  return useWrite(
    async (
      { id, ...body }: { id: string; provider_id: string; subject: string; reason: string },
      headers,
    ) =>
      bodyOf(
        await api.POST('/api/v1/accounts/{account_id}/links', {
          params: { path: { account_id: id } },
          headers,
          body,
        }),
      ),
    [keys.accounts],
  );
}
