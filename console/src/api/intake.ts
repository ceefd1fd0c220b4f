/** Reports, places and contacts: reads and writes of call taking. */
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useWrite } from './write';
import type { ReportIn } from './types';

/** How long the answer to a place search counts as fresh. */
const SEARCH_FRESH_MS = 5 * 60_000;

/** The read of places by name. */
function placeSearch(name: string) {
  return queryOptions({
    queryKey: ['places', name],
    staleTime: SEARCH_FRESH_MS,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/place-search', { params: { query: { text: name } } })),
  });
}

/** Places of the city by name; nothing is asked for an empty name. */
export function usePlaceSearch(name: string) {
  return useQuery({
    ...placeSearch(name),
    enabled: name.trim() !== '',
    placeholderData: keepPreviousData,
  });
}

/** A function that waits for the places of a name. */
export function useFetchPlaces() {
  const cache = useQueryClient();
  return (name: string) => cache.query(placeSearch(name));
}

interface Point {
  lon: number;
  lat: number;
}

const NOWHERE: Point = { lon: 0, lat: 0 };

/** The grid cell and address at a point. */
export function usePlaceAt(point: Point | null) {
  return useQuery({
    queryKey: ['place-at', point],
    enabled: point !== null,
    staleTime: SEARCH_FRESH_MS,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/places/at', { params: { query: point ?? NOWHERE } })),
  });
}

/** The read of open incidents like the one being reported, nearby. */
function similar(kind: string, point: Point) {
  const { lon, lat } = point;
  return queryOptions({
    queryKey: ['similar', kind, lon, lat],
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/reports/similar', { params: { query: { kind, lon, lat } } })),
  });
}

export function useSimilar(kind: string | undefined, point: Point | null) {
  return useQuery({
    ...similar(kind ?? '', point ?? NOWHERE),
    enabled: kind !== undefined && point !== null,
  });
}

/** A function that waits for the similar incidents. */
export function useFetchSimilar() {
  const cache = useQueryClient();
  return (kind: string, point: Point) => cache.query(similar(kind, point));
}

export function useReport() {
  return useWrite(
    async (input: ReportIn, headers) =>
      bodyOf(await api.POST('/api/v1/reports', { headers, body: input })),
    [keys.openIncidents, keys.cases],
  );
}

/** Look at a caller's contact; the purpose is kept on record. */
export function useContactView() {
  return useWrite(async ({ reportId, purpose }: { reportId: string; purpose: string }, headers) =>
    bodyOf(
      await api.POST('/api/v1/reports/{report_id}/contact-views', {
        params: { path: { report_id: reportId } },
        headers,
        body: { purpose },
      }),
    ),
  );
}
