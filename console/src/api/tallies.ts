import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';

/** The tallies cover the whole day: once in this while is enough. */
const RENEWAL_MS = 10_000;
const GAPS_RENEWAL_MS = 60_000;

/** Counts of the day and the response clock, as the server reckons them. */
export function useTallies() {
  return useQuery({
    queryKey: keys.tallies,
    refetchInterval: RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/tallies')),
  });
}

/** What was acknowledged and is nowhere now: empty, always. */
export function useGaps() {
  return useQuery({
    queryKey: keys.gaps,
    refetchInterval: GAPS_RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/conservation')),
  });
}

/** The share of valid calls of the latest months, in the time zone of whoever looks. */
export function useMonths() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return useQuery({
    queryKey: keys.months,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/months', { params: { query: { zone } } })),
  });
}
