import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDeed } from '../../api/useDeeds';
import type { Assignment } from '../../api/types';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';

const ClearDialog = lazy(async () => ({ default: (await import('./ClearDialog')).ClearDialog }));

/** The step that follows each state. */
const NEXT = { ASSIGNED: 'en_route', EN_ROUTE: 'on_scene', ON_SCENE: 'clear' } as const;

/** After a step its successor stands under the same thumb: for so long a second tap does nothing. */
const SETTLE_MS = 1_200;

function useIsSettled(state: string): boolean {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(state), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return settled === state;
}

/**
 * The one step that comes next, large and at the bottom, in reach of the thumb. It is one button for
 * all steps, and greyed without being shut off: the keyboard's focus stays on it from step to step.
 */
export function NextStep({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const deed = useDeed(assignment);
  const [isAsking, setIsAsking] = useState(false);
  const { state } = assignment;
  const isReady = useIsSettled(state) && !deed.isPending;
  if (state === 'CLEARED' || state === 'CANCELLED') return null;
  const move = NEXT[state];
  const make = (outcome: string): void => deed.mutate({ kind: 'move', move, outcome });
  /** Clearing ends the job, so it is asked for twice: what came of it, and the confirmation. */
  const press = (): void => {
    if (!isReady) return;
    if (move === 'clear') setIsAsking(true);
    else make('');
  };
  return (
    <>
      <ProblemNote problem={deed.error} />
      <Button look="main" aria-disabled={!isReady} onPress={press}>
        {t(`crew.move.${move}`)}
      </Button>
      <Suspense>
        {isAsking && <ClearDialog onClear={make} onClose={() => setIsAsking(false)} />}
      </Suspense>
    </>
  );
}
