import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFileAppeal, type AppealGround, type MeasureText } from '../../api/evaluation';
import { nameOf } from '../../api/reference';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';

const GROUNDS: readonly AppealGround[] = [
  'WRONGLY_RECORDED',
  'NOT_OUR_CASE',
  'WRONG_ITEM',
  'BEYOND_OUR_POWER',
];

interface Props {
  evaluationId: string;
  measure: MeasureText;
  /** The case, and its number; none: the whole figure. */
  caseId: string | null;
  number?: string;
}

/** Ask that a case, or a whole figure, be not counted for one's organisation. */
export function AppealBox({ evaluationId, measure, caseId, number }: Props) {
  const { t } = useTranslation();
  const file = useFileAppeal();
  const [ground, setGround] = useState<AppealGround | null>(null);
  const name = nameOf(measure);
  return (
    <Ask
      button={
        <Button aria-label={t('appeal.of', { subject: number ?? name })}>{t('appeal.file')}</Button>
      }
      title={number === undefined ? t('appeal.figure', { name }) : t('appeal.case', { number, name })}
      text={t('appeal.text')}
      label={t('appeal.words')}
      confirm={t('appeal.file')}
      problem={file.error}
      isPending={file.isPending}
      isReady={ground !== null}
      onAnswer={(text, close) => {
        if (ground === null) return;
        file.mutate({ evaluationId, measure: measure.code, caseId, ground, text }, { onSuccess: close });
      }}
    >
      <Choice
        label={t('appeal.ground')}
        placeholder={t('fact.choose')}
        value={ground}
        onChange={setGround}
        options={GROUNDS.map((value) => ({ value, text: t(`appeal_ground.${value}`) }))}
      />
    </Ask>
  );
}
