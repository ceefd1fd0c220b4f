import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAssign } from '../../api/assignments';
import { useRecommend } from '../../api/dispatch';
import type { Incident, Recommendation } from '../../api/types';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Empty, ProblemNote, Skeleton } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { CardPlaces } from './CardPlaces';
import { PreemptOffer } from './PreemptOffer';
import { departs, suggestedOf } from './recommended';
import { RecommendedUnits } from './RecommendedUnits';
import './recommend.css';
import { RuledBy } from './RuledBy';

const LEFT_OUT = ['BUSY', 'NOT_CAPABLE', 'UNREACHABLE', 'NO_POSITION'] as const;

/** How many units on duty are not in the list, and why. */
function LeftOut({ counts }: { counts: Recommendation['left_out'] }) {
  const { t } = useTranslation();
  const reasons = LEFT_OUT.filter((name) => (counts[name] ?? 0) > 0).map((name) =>
    t(`left_out.${name}`, { count: counts[name] ?? 0 }),
  );
  if (reasons.length === 0) return null;
  return (
    <p className="soft">{t('recommend.left_out', { reasons: reasons.join(t('recommend.and')) })}</p>
  );
}

interface ChooseProps {
  incidentId: string;
  recommendation: Recommendation;
  /** The button takes the focus, so that Enter confirms at once. */
  takesFocus: boolean;
  onAssigned: () => void;
}

function Choose({ incidentId, recommendation, takesFocus, onAssigned }: ChooseProps) {
  const { t } = useTranslation();
  const assign = useAssign();
  const [chosen, setChosen] = useState(() => new Set(suggestedOf(recommendation)));
  const [reason, setReason] = useState('');
  const other = departs(recommendation, chosen);
  const signs = recommendation.units
    .filter((unit) => chosen.has(unit.unit_id))
    .map((unit) => unit.call_sign)
    .join(' · ');
  const send = (): void =>
    assign.mutate(
      {
        incidentId,
        unitIds: [...chosen],
        recommendationId: recommendation.id,
        ...(other && reason.trim() !== '' ? { departureReason: reason.trim() } : {}),
      },
      { onSuccess: onAssigned },
    );
  return (
    <>
      <RecommendedUnits recommendation={recommendation} chosen={chosen} onChange={setChosen} />
      <div className="recommend__foot stack">
        <LeftOut counts={recommendation.left_out} />
        <RuledBy policy={recommendation.policy} data_age={recommendation.data_age} />
        {other && (
          <TextInput
            label={t('recommend.departure')}
            hint={t('recommend.departure_hint')}
            value={reason}
            onChange={setReason}
          />
        )}
        <ProblemNote problem={assign.error} />
        <Button
          look="main"
          autoFocus={takesFocus}
          isDisabled={chosen.size === 0 || assign.isPending || (other && reason.trim() === '')}
          onPress={send}
        >
          {chosen.size === 0 ? t('recommend.none_chosen') : t('recommend.assign', { units: signs })}
          <kbd>Enter</kbd>
        </Button>
      </div>
    </>
  );
}

interface AnswerProps extends Omit<ChooseProps, 'recommendation'> {
  recommendation: Recommendation | undefined;
  isPending: boolean;
}

/** What stands in the panel: nothing yet, the skeleton, nobody, or the units to choose from. */
function Answer({ recommendation, isPending, ...choose }: AnswerProps) {
  const { t } = useTranslation();
  if (isPending) return <Skeleton rows={4} />;
  if (!recommendation) return <p className="recommend__foot soft">{t('recommend.ask_text')}</p>;
  return (
    <>
      <CardPlaces places={recommendation.requirements} />
      <PreemptOffer
        incidentId={choose.incidentId}
        recommendation={recommendation}
        onAssigned={choose.onAssigned}
      />
      {recommendation.units.length === 0 ? (
        <Empty
          title={t('recommend.nobody')}
          text={t('recommend.nobody_text')}
          steps={[{ may: 'unit.duty', to: '/units', text: t('step.see_units') }]}
        />
      ) : (
        <Choose key={recommendation.id} recommendation={recommendation} {...choose} />
      )}
    </>
  );
}

interface Props {
  incident: Incident;
  /** Recommend without being asked, and let Enter send the best unit. */
  atOnce?: boolean;
  onAssigned?: () => void;
}

/** Units by road travel time with the reason for each; the best is chosen already. */
export function RecommendPanel({ incident, atOnce = false, onAssigned }: Props) {
  const { t } = useTranslation();
  const { mutate, data, error, isPending, reset } = useRecommend();
  // Whoever went on to something else while the units were looked for keeps the focus: it may not
  // jump to a button that sends units under a hand that is about to press Enter.
  const [isWaitedFor, setIsWaitedFor] = useState(false);
  const eager = atOnce || incident.phase === 'WAITING';
  const [isToCome, setIsToCome] = useState(eager);
  const ask = useCallback(() => {
    const from = document.activeElement;
    mutate(
      { incidentId: incident.id },
      {
        onSuccess: () => setIsWaitedFor([from, document.body].includes(document.activeElement)),
        onSettled: () => setIsToCome(false),
      },
    );
  }, [mutate, incident.id]);
  const asked = useRef(false);
  const isAwaited = isPending || isToCome;

  useEffect(() => {
    if (asked.current || !eager) return;
    asked.current = true;
    ask();
  }, [ask, eager]);

  return (
    <Panel
      title={t('recommend.title')}
      flush
      // As tall while units are looked for as when they have come: nothing below is pushed away.
      className={isAwaited || data !== undefined ? 'recommend recommend--open' : 'recommend'}
      tools={
        <Button look="quiet" onPress={ask} isDisabled={isPending}>
          <RefreshCw size={14} aria-hidden />
          {t(data ? 'recommend.again' : 'recommend.ask')}
        </Button>
      }
    >
      <ProblemNote problem={error} />
      <Answer
        recommendation={data}
        isPending={isAwaited}
        incidentId={incident.id}
        takesFocus={eager && isWaitedFor}
        onAssigned={() => {
          reset();
          onAssigned?.();
        }}
      />
    </Panel>
  );
}
