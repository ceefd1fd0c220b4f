import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Report } from '../api/types';
import { currentLanguage } from '../i18n';
import './answers.css';

type Answer = Report['answers'][number];

/** The answer that counts of each question, in the order in which they were asked first. */
export function lastOfEach(answers: readonly Answer[]): Answer[] {
  return [...new Map(answers.map((one) => [`${one.protocol_id} ${one.question}`, one])).values()];
}

/** Key questions with their answers; one that made it more urgent has a sign before it. */
export function Answers({ answers }: { answers: readonly Answer[] }) {
  const { t } = useTranslation();
  if (answers.length === 0) return null;
  const english = currentLanguage() === 'en';
  return (
    <dl className="answers">
      {lastOfEach(answers).map((one) => (
        <div key={`${one.protocol_id} ${one.question}`} className="answers__row">
          <dt>{english ? one.text_en : one.text_zh}</dt>
          <dd className={one.raises ? 'answers__raises' : undefined}>
            {one.raises && <TriangleAlert size={14} role="img" aria-label={t('ask.raises')} />}
            {english ? one.answer_en : one.answer_zh}
          </dd>
        </div>
      ))}
    </dl>
  );
}
