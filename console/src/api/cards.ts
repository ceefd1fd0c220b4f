/** Run cards: which units are sent to which kind of incident. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';

/** The run cards in force today. */
export function useRunCards() {
  return useQuery({
    queryKey: keys.runCards,
    queryFn: async () => bodyOf(await api.GET('/api/v1/run-cards')),
  });
}
