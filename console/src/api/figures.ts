/** Figures of the desk: the supervisor's wall, and reports of the clocks. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { ClockReport } from './types';

/** The wall follows the day; once in this while is enough. */
const WALL_RENEWAL_MS = 10_000;

export function useWall() {
  return useQuery({
    queryKey: keys.wall,
    refetchInterval: WALL_RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/wall')),
  });
}

export interface ReportAsked {
  since: string;
  until: string;
  rules?: string;
  by: ClockReport['by'];
  kind?: string;
  priority?: number;
  zone: string;
}

export function useClockReport(asked: ReportAsked) {
  return useQuery({
    queryKey: ['clock-report', asked],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/clock-figures', { params: { query: asked } })),
  });
}

/** Where the same report is downloaded; `published` hides small counts. */
export function reportAddress(asked: ReportAsked, published: boolean): string {
  const given = Object.entries({ ...asked, published }).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return `/api/v1/clock-figures.csv?${new URLSearchParams(given).toString()}`;
}

/** A function from an area code to the name of its jurisdiction; the code while it is unknown. */
export function useJurisdictions() {
  return useQuery({
    queryKey: keys.jurisdictions,
    staleTime: Infinity,
    queryFn: async () => bodyOf(await api.GET('/api/v1/jurisdictions')),
  });
}
