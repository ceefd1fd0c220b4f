import { RefreshCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useCommitPlan, useProposePlan } from '../../api/plans';
import { useKindName } from '../../api/reference';
import { useServerNow } from '../../api/serverClock';
import type { BatchPlan } from '../../api/types';
import { Button } from '../../ui/Button';
import { writeSpan } from '../../ui/clock';
import { PriorityMark } from '../../ui/PriorityMark';
import { DoneNote, Empty, Failed, ProblemNote, Skeleton } from '../../ui/states';
import { BackLink } from '../../ui/SubjectPage';
import { CardPlaces } from './CardPlaces';
import './incidents.css';
import './recommend.css';
import { RuledBy } from './RuledBy';

type Planned = BatchPlan['incidents'][number];

function proposedOf(incidents: readonly Planned[]): string[] {
  return incidents
    .flatMap(({ places }) => places)
    .flatMap(({ state, call_sign }) => (state === 'PROPOSED' && call_sign !== null ? [call_sign] : []));
}

function turned(ids: ReadonlySet<string>, id: string): Set<string> {
  return new Set(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]);
}

interface PlanProps {
  plan: BatchPlan;
  onAgain: () => void;
}

/** A plan: for each incident who goes; each may be left out before all is sent at once. */
function Plan({ plan, onAgain }: PlanProps) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const commit = useCommitPlan();
  const left_ms = Date.parse(plan.good_until) - useServerNow();
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const chosen = plan.incidents.filter(({ incident_id }) => !without.has(incident_id));
  const units = proposedOf(chosen);
  if (commit.isSuccess) {
    return <DoneNote>{t('plan.sent', { count: commit.data.length })}</DoneNote>;
  }
  return (
    <>
      <ul className="page__list plan">
        {plan.incidents.map((one) => (
          <li key={one.incident_id} className="panel">
            <div className="panel__head">
              <label className="line-up">
                <input
                  type="checkbox"
                  checked={!without.has(one.incident_id)}
                  onChange={() => setWithout((ids) => turned(ids, one.incident_id))}
                />
                <PriorityMark priority={one.priority} />
                <strong>{kindName(one.kind)}</strong>
              </label>
              <Link to={`/incidents/${one.incident_id}`}>{one.number}</Link>
              <span className="soft">{one.place_text}</span>
            </div>
            <CardPlaces places={one.places} />
          </li>
        ))}
      </ul>
      <RuledBy policy={plan.policy} data_age={plan.data_age} />
      <ProblemNote problem={commit.error} />
      <div className="line-up">
        <Button
          look="main"
          isDisabled={units.length === 0 || commit.isPending || left_ms <= 0}
          onPress={() =>
            commit.mutate({
              id: plan.id,
              incidentIds: chosen.map(({ incident_id }) => incident_id),
            })
          }
        >
          {t('plan.commit', { count: units.length })}
        </Button>
        <span className="soft">
          {left_ms > 0 ? t('plan.good_for', { span: writeSpan(left_ms) }) : t('plan.old')}
        </span>
        {left_ms <= 0 && <Button onPress={onAgain}>{t('plan.again')}</Button>}
      </div>
    </>
  );
}

/** Under pressure: one plan for everything that waits, the most urgent first. */
export function PlanPage() {
  const { t } = useTranslation();
  const { mutate, data, error, isPending } = useProposePlan();
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate({});
  }, [mutate]);
  return (
    <div className="page">
      <div className="page__head">
        <BackLink to="/incidents" label={t('incident.back')} />
        <h1>{t('plan.title')}</h1>
        <Button isDisabled={isPending} onPress={() => mutate({})}>
          <RefreshCw size={14} aria-hidden />
          {t('plan.again')}
        </Button>
      </div>
      {error && <Failed error={error} retry={() => mutate({})} />}
      {isPending && <Skeleton rows={6} />}
      {data?.incidents.length === 0 && <Empty steps={null} title={t('plan.none')} />}
      {data && data.incidents.length > 0 && (
        <Plan key={data.id} plan={data} onAgain={() => mutate({})} />
      )}
    </div>
  );
}
