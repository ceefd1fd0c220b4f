import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddWords } from '../../api/calls';
import { Button } from '../../ui/Button';
import { DoneNote, ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

/** Further words of the caller, added to a report that was taken; crews and desk are told. */
export function FurtherWords({ reportId }: { reportId: string }) {
  const { t } = useTranslation();
  const add = useAddWords();
  const [text, setText] = useState('');
  const send = (): void => {
    if (text.trim() === '') return;
    add.mutate(
      { reportId, text: text.trim(), direction: 'FROM_REPORTER' },
      { onSuccess: () => setText('') },
    );
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        send();
      }}
    >
      <TextInput label={t('words.further')} value={text} onChange={setText} rows={3} />
      <ProblemNote problem={add.error} />
      {add.isSuccess && text === '' && <DoneNote>{t('words.added')}</DoneNote>}
      <Button type="submit" isDisabled={add.isPending || text.trim() === ''}>
        {t('words.add')}
      </Button>
    </form>
  );
}
