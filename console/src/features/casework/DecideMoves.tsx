import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCaseMove } from '../../api/casework';
import type { Case, Ground } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { ItemBox } from '../../ui/ItemBox';
import { GROUNDS, useHandlerChoice } from './handlers';

/** Refuse the case: on which ground, and whose it is. The second time the arbiter decides. */
export function RefuseMove({ found, move }: { found: Case; move: 'send_back' | 'dispute' }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  const others = useHandlerChoice(found.organisation_id);
  const [ground, setGround] = useState<Ground | null>(null);
  const [proposed, setProposed] = useState<string | null>(null);
  return (
    <Ask
      button={<Button>{t(`case_move.${move}`)}</Button>}
      title={t(`case_move.${move}`)}
      text={t(`case_move_text.${move}`)}
      label={t('fact.reason')}
      confirm={t(`case_move.${move}`)}
      problem={make.error}
      isPending={make.isPending}
      isReady={ground !== null && proposed !== null}
      onAnswer={(reason, close) =>
        make.mutate(
          { id: found.id, move, facts: { ground, proposed_id: proposed, reason } },
          { onSuccess: close },
        )
      }
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

/** Decide who handles the case. The decision holds. */
export function ArbitrateMove({ found }: { found: Case }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  const handlers = useHandlerChoice();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Ask
      button={<Button look="main">{t('case_move.arbitrate')}</Button>}
      title={t('case_move.arbitrate')}
      text={t('case_move_text.arbitrate')}
      label={t('fact.reason')}
      confirm={t('case_move.arbitrate')}
      problem={make.error}
      isPending={make.isPending}
      isReady={chosen !== null}
      onAnswer={(reason, close) =>
        make.mutate(
          { id: found.id, move: 'arbitrate', facts: { organisation_id: chosen, reason } },
          { onSuccess: close },
        )
      }
    >
      <Choice
        label={t('case.assign_to')}
        placeholder={t('fact.choose')}
        value={chosen}
        onChange={setChosen}
        options={handlers}
      />
    </Ask>
  );
}

/** Put a wrong item right, without a new report. */
export function ReclassifyMove({ found }: { found: Case }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  const [item, setItem] = useState<string | null>(null);
  return (
    <Ask
      button={<Button>{t('case_move.reclassify')}</Button>}
      title={t('case_move.reclassify')}
      text={t('case_move_text.reclassify')}
      label={t('fact.reason')}
      confirm={t('case_move.reclassify')}
      problem={make.error}
      isPending={make.isPending}
      isReady={item !== null}
      onAnswer={(reason, close) =>
        make.mutate(
          { id: found.id, move: 'reclassify', facts: { item_code: item, reason } },
          { onSuccess: close },
        )
      }
    >
      <ItemBox value={item} onChange={setItem} />
    </Ask>
  );
}
