/** Doing things as a crew: each is kept on the device first, then sent as soon as that is possible. */
import { useMutation, type UseMutationResult } from '@tanstack/react-query';

import type { Deed } from './acts';
import { keepAct } from './actStore';
import { sendNow } from './actSending';
import { asProblem, type Problem } from './problem';
import { serverNow } from './serverClock';
import { useMe } from './session';
import type { Assignment } from './types';
import { newKey } from './write';

/** Keep what was done with the assignment. It is done, on this device, once this succeeds. */
export function useDeed(assignment: Assignment): UseMutationResult<null, Problem, Deed> {
  const { account_id } = useMe();
  return useMutation<null, Problem, Deed>({
    networkMode: 'always',
    mutationFn: async (deed) => {
      try {
        await keepAct({
          id: newKey(),
          accountId: account_id,
          assignmentId: assignment.id,
          incidentId: assignment.incident_id,
          toldAt: new Date(serverNow()).toISOString(),
          deed,
        });
      } catch (error) {
        throw asProblem(error);
      }
      sendNow();
      return null;
    },
  });
}
