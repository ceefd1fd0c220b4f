/** What a grid officer takes along. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import { queueId } from './actStore';
import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { Round } from './types';

/** How often the round is read anew while the page is open. */
const RENEW_MS = 60_000;
/** So many photos of tasks and checks are taken along. */
const PHOTOS_LIMIT = 60;

/** Cells, tasks, what to look at: the last that was read, where there is no network. */
export function useRound() {
  return useQuery({
    queryKey: keys.round,
    refetchInterval: RENEW_MS,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/round', { params: { query: { queue: await queueId() } } })),
  });
}

/** A case as it stands now, to be held against what was done here. */
export function useFieldCase(id: string, isWanted: boolean) {
  return useQuery({
    queryKey: keys.fieldCase(id),
    enabled: isWanted,
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/field/cases/{case_id}', {
          params: { path: { case_id: id }, query: { queue: await queueId() } },
        }),
      ),
  });
}

/** The address of a case's photo. */
export function photoPath(id: string): string {
  return `/api/v1/photos/${id}`;
}

/** Look at the photos of tasks and checks once, so that the service worker keeps them. */
export function useTakePhotosAlong(round: Round | undefined): void {
  const ids = (round?.cases ?? [])
    .filter(({ part }) => part !== 'OPEN')
    .flatMap(({ photos }) => photos.map(({ id }) => id))
    .slice(0, PHOTOS_LIMIT)
    .join(' ');
  useEffect(() => {
    if (ids === '' || !navigator.onLine) return;
    for (const id of ids.split(' ')) void fetch(photoPath(id)).catch(() => undefined);
  }, [ids]);
}
