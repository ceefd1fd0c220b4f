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

function useIsSettled(): boolean {
  const [isSettled, setIsSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}

/** Clearing ends the job, so it is asked for twice: what came of it, and the confirmation. */
function Clear({ isReady, onClear }: { isReady: boolean; onClear: (outcome: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="main" isDisabled={!isReady} onPress={() => setIsOpen(true)}>
        {t('crew.move.clear')}
      </Button>
      <Suspense>
        {isOpen && <ClearDialog onClear={onClear} onClose={() => setIsOpen(false)} />}
      </Suspense>
    </>
  );
}

/** The one step that comes next, large and at the bottom, in reach of the thumb. */
export function NextStep({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const deed = useDeed(assignment);
  const isReady = useIsSettled() && !deed.isPending;
  const { state } = assignment;
  if (state === 'CLEARED' || state === 'CANCELLED') return null;
  const move = NEXT[state];
  const make = (outcome: string): void => deed.mutate({ kind: 'move', move, outcome });
  return (
    <>
      <ProblemNote problem={deed.error} />
      {move === 'clear' ? (
        <Clear isReady={isReady} onClear={make} />
      ) : (
        <Button look="main" isDisabled={!isReady} onPress={() => make('')}>
          {t(`crew.move.${move}`)}
        </Button>
      )}
    </>
  );
}
