import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAskItem, useCatalogue } from '../../api/catalogue';
import { nameOf } from '../../api/reference';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { FormDialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/TextInput';

const WORDS = [
  'name_zh',
  'name_en',
  'filing_zh',
  'filing_en',
  'closing_zh',
  'closing_en',
  'reason',
] as const;
type Words = Record<(typeof WORDS)[number], string>;

const BLANK: Words = {
  name_zh: '',
  name_en: '',
  filing_zh: '',
  filing_en: '',
  closing_zh: '',
  closing_en: '',
  reason: '',
};

/** A department asks for an item: both languages, whose it is, how soon, until when. */
export function AskItem({ today }: { today: string }) {
  const { t } = useTranslation();
  const ask = useAskItem();
  const catalogue = useCatalogue().data;
  const [words, setWords] = useState<Words>(BLANK);
  const [lead, setLead] = useState<string | null>(null);
  const [clock, setClock] = useState<string | null>(null);
  const [until, setUntil] = useState(today);
  const isWhole = WORDS.every((name) => words[name].trim() !== '');
  return (
    <FormDialog
      button={<Button look="main">{t('catalogue.ask')}</Button>}
      title={t('catalogue.ask')}
      text={t('catalogue.temporary_text')}
      confirm={t('catalogue.ask')}
      problem={ask.error}
      isPending={ask.isPending}
      isReady={isWhole && lead !== null && clock !== null}
      onSubmit={(close) =>
        ask.mutate(
          {
            ...words,
            lead: lead ?? '',
            clock: clock ?? '',
            needs_photo: true,
            valid_from: today,
            valid_until: until,
          },
          {
            onSuccess: () => {
              setWords(BLANK);
              close();
            },
          },
        )
      }
    >
      {WORDS.map((name) => (
        <TextInput
          key={name}
          label={t(`catalogue.word.${name}`)}
          value={words[name]}
          onChange={(value) => setWords((all) => ({ ...all, [name]: value }))}
          {...(name.startsWith('name') ? {} : { rows: 2 })}
        />
      ))}
      <Choice
        label={t('catalogue.lead')}
        value={lead}
        onChange={setLead}
        options={(catalogue?.departments ?? []).map((one) => ({ value: one.code, text: nameOf(one) }))}
      />
      <Choice
        label={t('catalogue.clock')}
        value={clock}
        onChange={setClock}
        options={(catalogue?.classes ?? []).map((one) => ({ value: one.code, text: nameOf(one) }))}
      />
      <TextInput label={t('catalogue.until')} value={until} onChange={setUntil} />
    </FormDialog>
  );
}
