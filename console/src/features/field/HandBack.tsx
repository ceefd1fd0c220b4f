import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FieldMove } from '../../api/fieldDeeds';
import { nameOf, useOrganisations } from '../../api/reference';
import type { FieldFacts, Ground, RoundCase } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';

const GROUNDS = [
  'NOT_OUR_DUTY',
  'NOT_OUR_AREA',
  'NOT_OUR_PROPERTY',
  'WRONG_ITEM',
] as const satisfies readonly Ground[];
const HANDLERS = ['DEPARTMENT', 'COMMUNITY_OFFICE', 'OPERATOR'];

interface Props {
  found: RoundCase;
  move: 'send_back' | 'dispute';
  onMove: (move: FieldMove, facts: FieldFacts, close: () => void) => void;
}

/** Hand a task back: on which ground, and whose it is. */
export function HandBack({ found, move, onMove }: Props) {
  const { t } = useTranslation();
  const organisations = useOrganisations().data ?? [];
  const [ground, setGround] = useState<Ground | null>(null);
  const [proposed, setProposed] = useState<string | null>(null);
  const others = organisations
    .filter(({ id, kind }) => HANDLERS.includes(kind) && id !== found.organisation_id)
    .map((row) => ({ value: row.id, text: nameOf(row) }));
  return (
    <Ask
      button={<Button>{t(`case_move.${move}`)}</Button>}
      title={t(`case_move.${move}`)}
      text={t(`case_move_text.${move}`)}
      label={t('fact.reason')}
      confirm={t(`case_move.${move}`)}
      problem={null}
      isPending={false}
      isReady={ground !== null && proposed !== null}
      onAnswer={(reason, close) => onMove(move, { ground, proposed_id: proposed, reason }, close)}
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
        options={others}
      />
    </Ask>
  );
}
