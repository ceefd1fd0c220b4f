/** Doing things away from a desk: each is kept on the device first, then sent as soon as possible. */
import { useMutation, type UseMutationResult } from '@tanstack/react-query';

import type { Deed } from './acts';
import { keepAct } from './actStore';
import { sendNow } from './actSending';
import type { CrewDeed } from './crewDeeds';
import type { FieldDeed } from './fieldDeeds';
import { asProblem, type Problem } from './problem';
import { serverNow } from './serverClock';
import { useMe } from './session';
import type { Assignment } from './types';
import { newKey } from './write';

interface Deal<Of extends Deed> {
  subjectId: string;
  deed: Of;
}

/** Keep what was done. It is done, on this device, once this succeeds. */
function useKeeping<Input, Of extends Deed>(
  dealOf: (input: Input) => Deal<Of>,
  now_ms: () => number,
): UseMutationResult<null, Problem, Input> {
  const { account_id } = useMe();
  return useMutation<null, Problem, Input>({
    networkMode: 'always',
    mutationFn: async (input) => {
      try {
        await keepAct({
          id: newKey(),
          accountId: account_id,
          toldAt: new Date(now_ms()).toISOString(),
          ...dealOf(input),
        });
      } catch (error) {
        throw asProblem(error);
      }
      sendNow();
      return null;
    },
  });
}

/** Keep what was done with the assignment. */
export function useDeed(assignment: Assignment): UseMutationResult<null, Problem, CrewDeed> {
  return useKeeping((deed: CrewDeed) => ({ subjectId: assignment.id, deed }), serverNow);
}

/**
 * Keep what was done in the field, at this device's own time: for days it may be the only clock
 * there is, and the server puts it right by what it says when the act is sent.
 */
export function useFieldDeed(): UseMutationResult<null, Problem, Deal<FieldDeed>> {
  return useKeeping((deal: Deal<FieldDeed>) => deal, Date.now);
}
