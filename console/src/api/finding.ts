/** Things by their name: what the search box finds, and what waits for whoever asks. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';

/** How long what was found counts as fresh. */
const FOUND_FRESH_MS = 15_000;
/** The stream says when to ask again what waits; a term that passes is told by no notice. */
const WAITING_RENEWAL_MS = 60_000;

/** Incidents and cases by the beginning of their number, units by call sign. */
export function useFoundByName(text: string, isAsked: boolean) {
  return useQuery({
    queryKey: [...keys.found, text],
    staleTime: FOUND_FRESH_MS,
    enabled: isAsked,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/search', { params: { query: { text } } })),
  });
}

/** What waits for the person who is signed in, queue by queue, the empty ones too. */
export function useWaiting() {
  return useQuery({
    queryKey: keys.waiting,
    refetchInterval: WAITING_RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/waiting')),
  });
}
