import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../../api/reference';
import type { Kind } from '../../api/types';
import { PickBox } from '../../ui/PickBox';
import { PriorityMark } from '../../ui/PriorityMark';
import { findKinds } from './suggest';

interface Props {
  kinds: readonly Kind[];
  kind: Kind | undefined;
  /** The kind comes from the words of the caller, not from the hand. */
  isSuggested: boolean;
  onKind: (code: string) => void;
  error?: string | undefined;
}

/** What it is: proposed from the caller's words, chosen by typing a name in either language. */
export function KindBox({ kinds, kind, isSuggested, onKind, error }: Props) {
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
      {...(isSuggested ? { hint: t('call.kind_suggested') } : {})}
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
