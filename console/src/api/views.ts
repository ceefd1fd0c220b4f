/** Saved views: lists with filters set, under names of one's own. They follow the account. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

export type SavedView = components['schemas']['SavedViewOut'];
export type ViewScreen = SavedView['screen'];
export type Filters = SavedView['filters'];

/** As long as the server lets a name be. */
export const VIEW_NAME_MAX_CHARACTERS = 60;

/** What the server keeps of a filter: codes and ids. Words that were typed are kept nowhere. */
const KEPT = /^([A-Za-z]+(_[A-Za-z]+)*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** The filters in an address that a view can keep. */
export function keptOf(asked: URLSearchParams, names: readonly string[]): Filters {
  return Object.fromEntries([...asked].filter(([name, value]) => names.includes(name) && KEPT.test(value)));
}

/** Whether two views set the same. */
export function isSame(one: Filters, other: Filters): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}

/** The views of whoever is signed in, list by list, by name. */
export function useSavedViews() {
  return useQuery({
    queryKey: keys.views,
    queryFn: async () => bodyOf(await api.GET('/api/v1/own/views')),
  });
}

export function useSaveView() {
  return useWrite(
    async (body: Omit<SavedView, 'id'>, headers) =>
      bodyOf(await api.POST('/api/v1/own/views', { headers, body })),
    [keys.views],
  );
}

/** Another name, or other filters. */
export function useChangeView() {
  return useWrite(
    async ({ id, name, filters }: SavedView, headers) =>
      bodyOf(
        await api.PUT('/api/v1/own/views/{view_id}', {
          params: { path: { view_id: id } },
          headers,
          body: { name, filters },
        }),
      ),
    [keys.views],
  );
}

export function useRemoveView() {
  return useWrite(
    async ({ id }: { id: string }, headers) => {
      const params = { path: { view_id: id } };
      bodyOf(await api.DELETE('/api/v1/own/views/{view_id}', { params, headers }));
    },
    [keys.views],
  );
}
