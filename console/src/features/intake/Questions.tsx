import { Ear, MessageCircle } from 'lucide-react';
import { useState } from 'react';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Question, Reading } from '../../api/types';
import { currentLanguage } from '../../i18n';
import { Panel } from '../../ui/Panel';
import { TextInput } from '../../ui/TextInput';

interface Texts {
  text_zh: string;
  text_en: string;
}

function textOf({ text_zh, text_en }: Texts): string {
  return currentLanguage() === 'en' ? text_en : text_zh;
}

interface RowProps {
  question: Question;
  onAnswer: (answer: string | number) => void;
}

/** The words that an answer stands on, where nobody gave it by hand. */
function Heard({ question }: { question: Question }) {
  const { t } = useTranslation();
  if (!question.heard) return null;
  const words = question.words.map(({ text }) => text).join(' · ');
  return (
    <span className="ask__heard">
      <Ear size={12} aria-hidden />
      {t('ask.heard', { words })}
    </span>
  );
}

function ChoiceRow({ question, onAnswer }: RowProps) {
  const { t } = useTranslation();
  const english = currentLanguage() === 'en';
  const options =
    question.answer === 'YES_NO'
      ? [
          { code: 'YES', name: t('ask.yes') },
          { code: 'NO', name: t('ask.no') },
        ]
      : question.choices.map(({ code, name_zh, name_en }) => ({
          code,
          name: english ? name_en : name_zh,
        }));
  return (
    <RadioGroup
      className="ask__row"
      orientation="horizontal"
      value={question.given === null ? null : String(question.given)}
      onChange={onAnswer}
    >
      <Label className="ask__text">{textOf(question)}</Label>
      <Heard question={question} />
      <div className="ask__choices">
        {options.map(({ code, name }) => (
          <RadioField key={code} value={code}>
            <RadioButton className="ask__choice">{name}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}

/** A number or words; taken when the field is left. */
function TypedRow({ question, onAnswer }: RowProps) {
  const isNumber = question.answer === 'NUMBER';
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const { t } = useTranslation();
  const take = (): void => {
    if (typed === null || typed.trim() === '') return;
    const number = Number(typed);
    const fits =
      !isNumber ||
      (Number.isInteger(number) && number >= question.least && number <= question.most);
    setWrong(!fits);
    if (fits) onAnswer(isNumber ? number : typed.trim());
  };
  return (
    <div className="ask__row">
      <TextInput
        label={textOf(question)}
        inputMode={isNumber ? 'numeric' : 'text'}
        value={typed ?? (question.given === null ? '' : String(question.given))}
        onChange={setTyped}
        onBlur={take}
        error={
          isWrong ? t('ask.bounds', { least: question.least, most: question.most }) : undefined
        }
      />
    </div>
  );
}

interface Props {
  reading: Reading;
  onAnswer: (question: string, answer: string | number) => void;
}

/** The key questions of the kind, with the answers heard or given, and what to tell the caller. */
export function Questions({ reading, onAnswer }: Props) {
  const { t } = useTranslation();
  if (reading.questions.length === 0) return null;
  return (
    <Panel title={t('ask.title')} className="ask">
      {reading.questions.map((question) => {
        const Row =
          question.answer === 'YES_NO' || question.answer === 'CHOICE' ? ChoiceRow : TypedRow;
        return (
          <Row
            key={`${reading.protocol_id ?? ''} ${question.code}`}
            question={question}
            onAnswer={(answer) => onAnswer(question.code, answer)}
          />
        );
      })}
      {reading.alarm_level > 1 && (
        <p className="ask__alarm">{t('ask.alarm', { level: reading.alarm_level })}</p>
      )}
      {reading.needs.length > 0 && (
        <p className="soft">
          {t('ask.needs')}{' '}
          {reading.needs
            .map((need) => t(`capability.${need}`, { defaultValue: need }))
            .join(' · ')}
        </p>
      )}
      {reading.advice.length > 0 && (
        <>
          <h3 className="ask__advice">
            <MessageCircle size={14} aria-hidden />
            {t('ask.advice')}
          </h3>
          <ul className="ask__told">
            {reading.advice.map((advice) => (
              <li key={advice.text_en}>{textOf(advice)}</li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
