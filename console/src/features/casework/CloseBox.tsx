import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CaseDisposition } from '../../api/types';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';

const DISPOSITIONS = [
  'RESOLVED',
  'MADE_SAFE',
  'NOTHING_FOUND',
  'DUPLICATE',
  'REFERRED',
  'WITHDRAWN',
] as const satisfies readonly CaseDisposition[];

interface Props {
  isPending: boolean;
  onClose: (disposition: CaseDisposition) => void;
}

/** Close the case with how it ended. */
export function CloseBox({ isPending, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<CaseDisposition>(DISPOSITIONS[0]);
  return (
    <div className="case-page__choose">
      <Choice
        label={t('fact.disposition')}
        value={chosen}
        onChange={setChosen}
        options={DISPOSITIONS.map((value) => ({ value, text: t(`case_disposition.${value}`) }))}
      />
      <Button look="main" isDisabled={isPending} onPress={() => onClose(chosen)}>
        {t('case_move.close')}
      </Button>
    </div>
  );
}
