import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { stoodOf, useCaseDivert, useCaseMove } from '../../api/casework';
import { useKinds } from '../../api/reference';
import type { Case } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { AskDecision, AskRefusal } from '../../ui/AskWhose';
import { Button } from '../../ui/Button';
import { useHandlerChoice } from '../../ui/handlers';
import { ItemBox } from '../../ui/ItemBox';
import { KindBox } from '../../ui/KindBox';

/** Refuse the case. The second time the arbiter decides. */
export function RefuseMove({ found, move }: { found: Case; move: 'send_back' | 'dispute' }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  return (
    <AskRefusal
      title={t(`case_move.${move}`)}
      text={t(`case_move_text.${move}`)}
      organisations={useHandlerChoice(found.organisation_id)}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(facts, close) => make.mutate({ id: found.id, move, facts }, { onSuccess: close })}
    />
  );
}

/** Decide who handles the case. */
export function ArbitrateMove({ found }: { found: Case }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  return (
    <AskDecision
      title={t('case_move.arbitrate')}
      text={t('case_move_text.arbitrate')}
      label={t('case.assign_to')}
      organisations={useHandlerChoice()}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(facts, close) =>
        make.mutate({ id: found.id, move: 'arbitrate', facts }, { onSuccess: close })
      }
    />
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
          {
            id: found.id,
            move: 'reclassify',
            facts: { item_code: item, reason },
            stood: stoodOf(found),
          },
          { onSuccess: close },
        )
      }
    >
      <ItemBox value={item} onChange={setItem} />
    </Ask>
  );
}

/** Give the case to dispatch: it turned out to be an incident, and of what kind. */
export function DivertMove({ found }: { found: Case }) {
  const { t } = useTranslation();
  const make = useCaseDivert();
  const kinds = (useKinds().data ?? []).filter((one) => one.needs_unit);
  const [code, setCode] = useState<string | null>(null);
  return (
    <Ask
      button={<Button>{t('case_move.divert')}</Button>}
      title={t('case_move.divert')}
      text={t('case_move_text.divert')}
      label={t('fact.reason')}
      confirm={t('case_move.divert')}
      problem={make.error}
      isPending={make.isPending}
      isReady={code !== null}
      onAnswer={(reason, close) => {
        if (code !== null) make.mutate({ id: found.id, kind: code, reason }, { onSuccess: close });
      }}
    >
      <KindBox
        kinds={kinds}
        kind={kinds.find((one) => one.code === code)}
        hint={undefined}
        onKind={setCode}
      />
    </Ask>
  );
}
