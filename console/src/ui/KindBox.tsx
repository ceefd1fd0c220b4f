import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../api/reference';
import type { Kind } from '../api/types';
import { PickBox } from './PickBox';
import { PriorityMark } from './PriorityMark';
import { findKinds } from './kinds';

interface Props {
  kinds: readonly Kind[];
  kind: Kind | undefined;
  /** On which words it stands, where it comes from them and not from the hand. */
  hint: string | undefined;
  onKind: (code: string) => void;
  error?: string | undefined;
}

/** What it is: proposed from the caller's words, chosen by typing a name in either language. */
export function KindBox({ kinds, kind, hint, onKind, error }: Props) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = kind ? nameOf(kind) : '';
  const options = useMemo(() => {
    const english = i18n.language === 'en';
    return findKinds(typed ?? '', kinds).map((found) => ({
      id: found.code,
      name: nameOf(found),
      detail: english ? found.group_en : found.group_zh,
      mark: <PriorityMark priority={found.priority} />,
    }));
  }, [kinds, typed, i18n.language]);
  return (
    <PickBox
      label={t('call.kind')}
      placeholder={t('call.kind_hint')}
      {...(hint === undefined ? {} : { hint })}
      options={options}
      value={kind?.code ?? null}
      onChange={(code) => {
        if (code === null) return;
        setTyped(null);
        onKind(code);
      }}
      text={typed ?? shown}
      onText={(next) => {
        if (next !== shown || typed !== null) setTyped(next);
      }}
      empty={t('call.kind_none')}
      error={error}
    />
  );
}
