import { lazy, Suspense } from 'react';

import { useProofAsked } from '../api/proof';

const ProofDialog = lazy(async () => ({ default: (await import('./ProofDialog')).ProofDialog }));

/** Asks for a proof when the server wants one. */
export function AskProof() {
  const { isAsked } = useProofAsked();
  return <Suspense>{isAsked && <ProofDialog />}</Suspense>;
}
