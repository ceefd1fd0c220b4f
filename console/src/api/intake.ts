/** Reports, places and contacts: reads and writes of call taking. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useWrite } from './write';
import type { ReportIn } from './types';

/** How long the answer to a place search counts as fresh. */
const SEARCH_FRESH_MS = 5 * 60_000;

/** Places of the city by name; nothing is asked for an empty name. */
export function usePlaceSearch(name: string) {
  return useQuery({
    queryKey: ['places', name],
    enabled: name.trim() !== '',
    staleTime: SEARCH_FRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/places/search', { params: { query: { q: name } }, signal })),
  });
}

interface Point {
  lon: number;
  lat: number;
}

/** The grid cell and address at a point. */
export function usePlaceAt(point: Point | null) {
  return useQuery({
    queryKey: ['place-at', point],
    enabled: point !== null,
    staleTime: SEARCH_FRESH_MS,
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.GET('/api/v1/places/at', {
          params: { query: point ?? { lon: 0, lat: 0 } },
          signal,
        }),
      ),
  });
}

/** Open incidents like the one being reported, nearby. */
export function useSimilar(kind: string | null, point: Point | null) {
  return useQuery({
    queryKey: ['similar', kind, point],
    enabled: kind !== null && point !== null,
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.GET('/api/v1/reports/similar', {
          params: { query: { kind: kind ?? '', ...(point ?? { lon: 0, lat: 0 }) } },
          signal,
        }),
      ),
  });
}

export function useReport() {
  return useWrite(
    async (input: ReportIn, header) =>
      bodyOf(await api.POST('/api/v1/reports', { params: { header }, body: input })),
    [keys.openIncidents, keys.cases],
  );
}

/** Look at a caller's contact; the purpose is kept on record. */
export function useContactView() {
  return useWrite(async ({ reportId, purpose }: { reportId: string; purpose: string }, header) =>
    bodyOf(
      await api.POST('/api/v1/reports/{id}/contact-views', {
        params: { path: { id: reportId }, header },
        body: { purpose },
      }),
    ),
  );
}
