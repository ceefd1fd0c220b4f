import { CloudUpload, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Act, Refusal } from '../../api/acts';
import { dropAct, markAct } from '../../api/actStore';
import { sendNow } from '../../api/actSending';
import { Button } from '../../ui/Button';
import { When } from '../../ui/When';
import { useWaitingActs } from './useWaitingActs';

function useActName(): (act: Act) => string {
  const { t } = useTranslation();
  return ({ deed }) => {
    if (deed.kind === 'move') return t(`crew.move.${deed.move}`);
    return deed.kind === 'photo' || deed.kind === 'voice' ? t(`crew.deed.${deed.kind}`) : '';
  };
}

function Why({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslation();
  if (refusal.state === null) return <p>{refusal.title}</p>;
  return <p>{t('crew.refused_state', { state: t(`crew.state.${refusal.state}`, { defaultValue: refusal.state }) })}</p>;
}

/** What the server did not take: it stays here, with its words, until the crew has seen to it. */
function RefusedAct({ act, refusal }: { act: Act; refusal: Refusal }) {
  const { t } = useTranslation();
  const nameOf = useActName();
  return (
    <li className="acts__refused">
      <TriangleAlert size={20} aria-hidden />
      <div className="stack" role="alert">
        <strong>
          {t('crew.refused', { act: nameOf(act) })} · <When at={act.toldAt} />
        </strong>
        <Why refusal={refusal} />
        {act.deed.kind === 'move' && act.deed.outcome !== '' && <q>{act.deed.outcome}</q>}
        <div className="line-up">
          <Button onPress={() => void markAct(act, null).then(sendNow)}>{t('action.retry')}</Button>
          <Button onPress={() => void dropAct(act.order).then(sendNow)}>{t('crew.put_aside')}</Button>
        </div>
      </div>
    </li>
  );
}

/** What was done here and has not reached the centre yet, in its order. */
export function WaitingActs() {
  const { t } = useTranslation();
  const nameOf = useActName();
  const acts = useWaitingActs();
  if (acts.length === 0) return null;
  return (
    <section className="acts" aria-label={t('crew.waiting', { count: acts.length })}>
      <p className="acts__head" role="status">
        <CloudUpload size={18} aria-hidden />
        {t('crew.waiting', { count: acts.length })}
      </p>
      <ol>
        {acts.map((act) =>
          act.refusal !== null ? (
            <RefusedAct key={act.order} act={act} refusal={act.refusal} />
          ) : (
            <li key={act.order}>
              {nameOf(act)} · <When at={act.toldAt} />
            </li>
          ),
        )}
      </ol>
    </section>
  );
}
