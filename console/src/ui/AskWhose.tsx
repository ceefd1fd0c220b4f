import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';
import type { Ground } from '../api/types';
import { Ask } from './Ask';
import { Button } from './Button';
import { Choice, type Option } from './Choice';
import { GROUNDS } from './handlers';

interface Props<Facts> {
  /** What is done, on the button, as the title and to confirm it. */
  title: string;
  text: string;
  organisations: readonly Option<string>[];
  problem: Problem | null;
  isPending: boolean;
  onAnswer: (facts: Facts, close: () => void) => void;
}

interface Refusal {
  ground: Ground | null;
  proposed_id: string | null;
  reason: string;
}

/** Refuse something: on which ground, and whose it is instead. */
export function AskRefusal({ title, organisations, onAnswer, ...asked }: Props<Refusal>) {
  const { t } = useTranslation();
  const [ground, setGround] = useState<Ground | null>(null);
  const [proposed, setProposed] = useState<string | null>(null);
  return (
    <Ask
      {...asked}
      button={<Button>{title}</Button>}
      title={title}
      label={t('fact.reason')}
      confirm={title}
      isReady={ground !== null && proposed !== null}
      onAnswer={(reason, close) => onAnswer({ ground, proposed_id: proposed, reason }, close)}
    >
      <Choice
        label={t('fact.ground')}
        placeholder={t('fact.choose')}
        value={ground}
        onChange={setGround}
        options={GROUNDS.map((value) => ({ value, text: t(`case_ground.${value}`) }))}
      />
      <Choice
        label={t('fact.proposed_id')}
        placeholder={t('fact.choose')}
        value={proposed}
        onChange={setProposed}
        options={organisations}
      />
    </Ask>
  );
}

interface Decision {
  organisation_id: string | null;
  reason: string;
}

/** Decide whose something is, with a reason. The decision holds. */
export function AskDecision({
  title,
  label,
  organisations,
  onAnswer,
  ...asked
}: Props<Decision> & { label: string }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Ask
      {...asked}
      button={<Button look="main">{title}</Button>}
      title={title}
      label={t('fact.reason')}
      confirm={title}
      isReady={chosen !== null}
      onAnswer={(reason, close) => onAnswer({ organisation_id: chosen, reason }, close)}
    >
      <Choice
        label={label}
        placeholder={t('fact.choose')}
        value={chosen}
        onChange={setChosen}
        options={organisations}
      />
    </Ask>
  );
}
