/** Looks at sealed cases: one's own, and those of others that are to be reviewed. */
import { useInfiniteQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type Look = Schemas['GlassOut'];
export type Finding = Schemas['GlassReviewBody']['finding'];

const PAGE_ROWS = 50;

/** Looks at cases sealed to one's organisation: the longest due first, or those reviewed. */
export function useLooks(reviewed: boolean) {
  return useInfiniteQuery({
    queryKey: [...keys.glass, 'of-others', reviewed],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/broken-glass', {
          params: { query: { limit: PAGE_ROWS, reviewed, after: pageParam } },
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });
}

/** What one asked to see oneself, the newest first. */
export function useOwnLooks() {
  return useInfiniteQuery({
    queryKey: [...keys.glass, 'own'],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/broken-glass/own', {
          params: { query: { limit: PAGE_ROWS, after: pageParam } },
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });
}

export function useBreakGlass() {
  return useWrite(
    async (body: Schemas['GlassBody'], headers) =>
      bodyOf(await api.POST('/api/v1/broken-glass', { headers, body })),
    [keys.glass, keys.cases, ['case']],
  );
}

export function useReviewLook() {
  return useWrite(
    async ({ id, ...body }: { id: string; finding: Finding; words: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/broken-glass/{glass_id}/review', {
          params: { path: { glass_id: id } },
          headers,
          body,
        }),
      ),
    [keys.glass],
  );
}
