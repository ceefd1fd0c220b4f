import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { useStudyRun, type Study } from '../../api/postures';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';
import { AreasTable } from './AreasTable';
import { FiguresCompared } from './FiguresCompared';

/** How far a study has been played, and how to stop it. */
function Progress({ study }: { study: Study }) {
  const { t } = useTranslation();
  const label = useId();
  const { problem, isStopping, stop } = useStudyRun(study);
  const { done, replications, state } = study;
  return (
    <>
      <div className="planner__progress">
        <span id={label} role="status">
          {t(`planner.state.${state}`, { done, of: replications })}
        </span>
        <progress aria-labelledby={label} value={done} max={replications} />
        {state === 'RUNNING' && (
          <Button isDisabled={isStopping} onPress={stop}>
            {t('planner.stop')}
          </Button>
        )}
      </div>
      <ProblemNote problem={problem} />
    </>
  );
}

/** On what the study rests: past counts, and what was assumed. */
function Rests({ study }: { study: Study }) {
  const { t } = useTranslation();
  const kindName = (kind: string): string => t(`unit_kind.${kind}`, { defaultValue: kind });
  const usual = [...new Set(study.jobs.filter((one) => one.usual_times).map((one) => one.unit_kind))];
  const sentences = [
    t('planner.rests', {
      count: study.incidents,
      calls: (study.calls_a_day * study.scale).toFixed(1),
      replications: study.replications,
      days: study.days,
      seed: study.seed,
    }),
    usual.length > 0 ? t('planner.usual', { kinds: usual.map(kindName).join(', ') }) : '',
    study.left_out.length > 0
      ? t('planner.left_out', { kinds: study.left_out.map(kindName).join(', ') })
      : '',
    study.unreached_cells > 0 ? t('planner.unreached', { count: study.unreached_cells }) : '',
    study.closures > 0 ? t('map.coverage_closures', { count: study.closures }) : '',
  ];
  return (
    <p className="soft">
      <When at={study.since} /> – <When at={study.until} />. {sentences.filter((one) => one !== '').join(' ')}{' '}
      {t('planner.no_person')}
    </p>
  );
}

/** Two postures side by side: what each reaches, how soon it comes, and what differs. */
export function StudyPanel({ study }: { study: Study }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('planner.result', { a: study.a.name, b: study.b.name })}>
      <div className="stack">
        <Progress study={study} />
        <FiguresCompared study={study} />
        <AreasTable study={study} />
        <Rests study={study} />
      </div>
    </Panel>
  );
}
