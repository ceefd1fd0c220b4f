/** The response clocks: their rules, and how they were kept. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { nameOf } from './reference';
import { useMay } from './session';

/** How long the rules count as fresh. */
const RULES_FRESH_MS = 10 * 60_000;

export function useClockRules() {
  const enabled = useMay('tally.read');
  return useQuery({
    queryKey: keys.clockRules,
    enabled,
    staleTime: RULES_FRESH_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/clock-rules')),
  });
}

/** A function from the code of one of the desk's clocks to its name; the code while it is unknown. */
export function useClockName(): (code: string) => string {
  const { data } = useClockRules();
  return useMemo(() => {
    const desk = data?.rules.find((rules) => rules.id === data.desk);
    const byCode = new Map(desk?.clocks.map((clock) => [clock.code, clock]));
    return (code) => {
      const clock = byCode.get(code);
      return clock ? nameOf(clock) : code;
    };
  }, [data]);
}
