import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';

/** The tallies cover the whole day: once in this while is enough. */
const RENEWAL_MS = 10_000;

/** Counts of the day and the response clock, as the server reckons them. */
export function useTallies() {
  return useQuery({
    queryKey: keys.tallies,
    refetchInterval: RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/tallies')),
  });
}
