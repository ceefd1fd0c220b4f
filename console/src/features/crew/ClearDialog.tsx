import { useState } from 'react';
import {
  Dialog,
  Heading,
  Modal,
  ModalOverlay,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/TextInput';

const OUTCOMES = ['handled', 'transported', 'nothing_found', 'handed_over'] as const;

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

interface Props {
  onClear: (outcome: string) => void;
  onClose: () => void;
}

/** Asks what came of the job before it ends. Open from the start. */
export function ClearDialog({ onClear, onClose }: Props) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState('');
  return (
    <ModalOverlay
      className="veil crew__veil"
      isDismissable
      defaultOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
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
  );
}
