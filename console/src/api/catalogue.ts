/** The catalogue: its editions, how they differ, and items for a time. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

export type Item = components['schemas']['ItemOut'];
export type Edition = components['schemas']['EditionOut'];
export type ItemChange = components['schemas']['ItemChangeOut'];
export type TemporaryItem = components['schemas']['TemporaryItemOut'];
export type TemporaryItemBody = components['schemas']['TemporaryItemBody'];
export type TemporaryMove = 'approve' | 'decline' | 'end';

const PAGE_ROWS = 50;

export function useCatalogue() {
  return useQuery({
    queryKey: keys.catalogue,
    queryFn: async () => bodyOf(await api.GET('/api/v1/catalogue')),
  });
}

/** How the catalogue of one day differs from that of another; nothing is asked without both. */
export function useCatalogueChanges(before: string, after: string) {
  return useQuery({
    queryKey: [...keys.catalogue, before, after],
    enabled: before !== '' && after !== '',
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/catalogue/changes', { params: { query: { before, after } } })),
  });
}

export function useTemporaryItems() {
  return useQuery({
    queryKey: keys.temporaryItems,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/temporary-items', { params: { query: { limit: PAGE_ROWS } } }))
        .items,
  });
}

export function useAskItem() {
  return useWrite(
    async (body: TemporaryItemBody, headers) =>
      bodyOf(await api.POST('/api/v1/temporary-items', { headers, body })),
    [keys.temporaryItems],
  );
}

export function useTemporaryMove() {
  return useWrite(
    async ({ id, move, reason }: { id: string; move: TemporaryMove; reason: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/temporary-items/{item_id}/moves/{move}', {
          params: { path: { item_id: id, move } },
          headers,
          body: { reason },
        }),
      ),
    [keys.temporaryItems, keys.items],
  );
}
