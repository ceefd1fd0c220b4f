/** Run cards: which units are sent to which kind of incident. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { nameOf } from './reference';

const readRunCards = async () => bodyOf(await api.GET('/api/v1/run-cards'));

/** The run cards in force today. */
export function useRunCards() {
  return useQuery({ queryKey: keys.runCards, queryFn: readRunCards });
}

/** A function from the id and the version of a table of run cards to its name; the id where it is not in force. */
export function useTableName(): (id: string, version: string) => string {
  // Names stay: once read, they do for the day.
  const { data } = useQuery({ queryKey: keys.runCards, queryFn: readRunCards, staleTime: Infinity });
  return (id, version) => {
    const card = data?.find((one) => one.id === id && one.version === version);
    return card === undefined ? id : nameOf(card);
  };
}
