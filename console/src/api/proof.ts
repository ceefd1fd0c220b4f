/** A proof that the server asks for again: who is asked for it, and what waits for the answer. */
import { useSyncExternalStore } from 'react';

import { api } from './client';
import { bodyOf, type Problem } from './problem';
import { useWrite } from './write';

/** Code of a refusal that a fresh proof turns into a yes. */
const PROOF_NEEDED = 'proof.needed';

let answer: ((given: boolean) => void) | null = null;
const listeners = new Set<() => void>();

function tell(next: typeof answer): void {
  answer = next;
  listeners.forEach((listener) => listener());
}

/** Ask the person for a proof; whether one was given. A second question waits for nothing. */
function askForProof(): Promise<boolean> {
  if (answer !== null) return Promise.resolve(false);
  return new Promise((resolve) => tell(resolve));
}

/** Whether a refused request may be sent once more, because the person has just given a proof. */
export async function isProvenNow({ code }: Problem): Promise<boolean> {
  return code === PROOF_NEEDED && (await askForProof());
}

/** Whether a proof is asked for now, and how to end the question. */
export function useProofAsked(): { isAsked: boolean; end: (given: boolean) => void } {
  const isAsked = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => answer !== null,
  );
  const end = (given: boolean): void => {
    const waiting = answer;
    tell(null);
    waiting?.(given);
  };
  return { isAsked, end };
}

export function useProve() {
  return useWrite(async (body: { proof: string }, headers) => {
    bodyOf(await api.POST('/api/v1/own/proof', { headers, body }));
  });
}
