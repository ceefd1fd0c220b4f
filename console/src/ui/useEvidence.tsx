import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useItems } from '../api/reference';
import { TextInput } from './TextInput';

/** What a report of the handling tells beside its outcome, where the item asks for it. */
const FACTS = { READING: 'reading', DOCUMENT: 'document' } as const;
type Fact = (typeof FACTS)[keyof typeof FACTS];

interface Evidence {
  fields: ReactNode;
  facts: Partial<Record<Fact, string>>;
  isReady: boolean;
}

/** Fields for a measured value and a document's number, as an item asks; null: for none. */
export function useEvidence(itemCode: string | null): Evidence {
  const { t } = useTranslation();
  const evidence = useItems().data?.find(({ code }) => code === itemCode)?.evidence ?? [];
  const [told, setTold] = useState<Partial<Record<Fact, string>>>({});
  const asked = evidence.flatMap((one) => (one === 'READING' || one === 'DOCUMENT' ? [FACTS[one]] : []));
  return {
    fields: asked.map((fact) => (
      <TextInput
        key={fact}
        label={t(`fact.${fact}`)}
        value={told[fact] ?? ''}
        onChange={(words) => setTold((before) => ({ ...before, [fact]: words }))}
      />
    )),
    facts: Object.fromEntries(asked.map((fact) => [fact, (told[fact] ?? '').trim()])),
    isReady: asked.every((fact) => (told[fact] ?? '').trim() !== ''),
  };
}
