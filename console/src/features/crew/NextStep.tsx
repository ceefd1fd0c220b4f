import { useEffect, useState } from 'react';
import {
  Dialog,
  DialogTrigger,
  Heading,
  Modal,
  ModalOverlay,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useDeed } from '../../api/useDeeds';
import type { Assignment } from '../../api/types';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

/** The step that follows each state. */
const NEXT = { ASSIGNED: 'en_route', EN_ROUTE: 'on_scene', ON_SCENE: 'clear' } as const;

const OUTCOMES = ['handled', 'transported', 'nothing_found', 'handed_over'] as const;

/** After a step its successor stands under the same thumb: for so long a second tap does nothing. */
const SETTLE_MS = 1_200;

/** What came of it: one tap for the usual, words for the rest. */
function Outcome({ onChange, value }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const chosen = OUTCOMES.find((name) => t(`outcome.${name}`) === value);
  return (
    <div className="stack">
      <ToggleButtonGroup
        className="crew__outcomes"
        aria-label={t('fact.outcome')}
        selectedKeys={chosen === undefined ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const name = OUTCOMES.find((each) => keys.has(each));
          if (name) onChange(t(`outcome.${name}`));
        }}
      >
        {OUTCOMES.map((name) => (
          <ToggleButton key={name} id={name} className="crew__outcome">
            {t(`outcome.${name}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <TextInput label={t('fact.outcome')} value={value} onChange={onChange} rows={2} />
    </div>
  );
}

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
  const [outcome, setOutcome] = useState('');
  return (
    <DialogTrigger>
      <Button look="main" isDisabled={!isReady}>
        {t('crew.move.clear')}
      </Button>
      <ModalOverlay className="veil crew__veil" isDismissable>
        <Modal>
          <Dialog className="dialog">
            {({ close }) => (
              <div className="stack">
                <Heading slot="title" level={2}>
                  {t('crew.clear_title')}
                </Heading>
                <Outcome value={outcome} onChange={setOutcome} />
                <Button
                  look="main"
                  isDisabled={outcome.trim() === ''}
                  onPress={() => {
                    onClear(outcome.trim());
                    close();
                  }}
                >
                  {t('crew.clear_confirm')}
                </Button>
                <Button onPress={close}>{t('action.cancel')}</Button>
              </div>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
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
