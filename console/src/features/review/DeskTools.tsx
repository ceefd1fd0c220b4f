import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddDeskNote, useSettlePromise, type DeskNote } from '../../api/review';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/TextInput';

/** A note for the coming shift; with a time it is a promise. */
export function AddToLog() {
  const { t } = useTranslation();
  const add = useAddDeskNote();
  const [text, setText] = useState('');
  const [due, setDue] = useState('');
  const due_ms = Date.parse(due);
  return (
    <FormDialog
      button={<Button>{t('handover.add')}</Button>}
      title={t('handover.add')}
      text={t('handover.add_text')}
      confirm={t('handover.keep')}
      problem={add.error}
      isPending={add.isPending}
      isReady={text.trim() !== ''}
      onSubmit={(close) =>
        add.mutate(
          { text, ...(Number.isFinite(due_ms) ? { due_at: new Date(due_ms).toISOString() } : {}) },
          {
            onSuccess: () => {
              setText('');
              setDue('');
              close();
            },
          },
        )
      }
    >
      <TextInput label={t('handover.text')} rows={3} value={text} onChange={setText} isRequired />
      <TextInput
        label={t('handover.promised_by')}
        type="datetime-local"
        value={due}
        onChange={setDue}
      />
    </FormDialog>
  );
}

/** The promises of the log that are still open, each to be settled. */
export function Promises({ log }: { log: readonly DeskNote[] }) {
  const { t } = useTranslation();
  const settle = useSettlePromise();
  const open = log.filter(({ kind, settled }) => kind === 'PROMISE' && !settled);
  return open.map(({ id, text }) => (
    <Ask
      key={id}
      button={<Button>{t('handover.settle', { text })}</Button>}
      title={text}
      label={t('handover.settled_how')}
      confirm={t('handover.settle_now')}
      problem={settle.error}
      isPending={settle.isPending}
      onAnswer={(answer, close) => settle.mutate({ id, text: answer }, { onSuccess: close })}
    />
  ));
}
