import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf, useItems } from '../api/reference';
import { PickBox, type PickOption } from './PickBox';

interface Props {
  value: string | null;
  onChange: (code: string) => void;
}

/** An item of the case catalogue, by its name in either language or its code. */
export function ItemBox({ value, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const items = useItems().data;
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = items?.find(({ code }) => code === value);
  const text = typed ?? (chosen ? nameOf(chosen) : '');
  const options = useMemo<PickOption[]>(() => {
    const words = (typed ?? '').trim().toLowerCase();
    const english = i18n.language === 'en';
    return (items ?? [])
      .filter((item) =>
        `${item.code} ${item.name_zh} ${item.name_en}`.toLowerCase().includes(words),
      )
      .map((item) => ({
        id: item.code,
        name: nameOf(item),
        detail: english ? item.group_en : item.group_zh,
      }));
  }, [items, typed, i18n.language]);
  return (
    <PickBox
      label={t('item.label')}
      options={options}
      value={value}
      text={text}
      onText={setTyped}
      onChange={(code) => {
        if (code === null) return;
        setTyped(null);
        onChange(code);
      }}
      empty={t('item.none')}
    />
  );
}
