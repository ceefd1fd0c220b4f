import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useEvaluation, useEvaluations, type Evaluation, type Measure } from '../../api/evaluation';
import { nameOf } from '../../api/reference';
import { Choice } from '../../ui/Choice';
import { percent } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';
import { Empty, Loaded } from '../../ui/states';
import { useFilter } from '../../ui/useFilter';
import { When } from '../../ui/When';
import { Appeals } from './Appeals';
import { CountedCases } from './CountedCases';
import { FiguresOfMeasure } from './FiguresOfMeasure';
import { FunnelOfMonth } from './FunnelOfMonth';
import './evaluation.css';

const LATEST = '';
const isText = (text: string): text is string => text !== '';

/** How a month stands: final or not, when counted, until when it may be appealed, by which rules. */
function Facts({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  return (
    <p className="soft">
      <strong>{t(`evaluation_state.${evaluation.state}`)}</strong>
      {' · '}
      {t('evaluation.counted_at')} <When at={evaluation.counted_at} />
      {evaluation.state !== 'FINAL' && (
        <> · {t('evaluation.appeal_until', { day: evaluation.appeal_until })}</>
      )}
      {' · '}
      {t('evaluation.rules', { name: nameOf(evaluation), version: evaluation.rules_version })}
    </p>
  );
}

/** How figures are made: the formula of the measure, the method, the numbers behind it. */
function Formula({ evaluation, code }: { evaluation: Evaluation; code: Measure }) {
  const { t } = useTranslation();
  const measure = evaluation.measures.find((one) => one.code === code);
  if (measure === undefined) return null;
  return (
    <div className="evaluation__formula">
      <p>
        <strong>{nameOf(measure)}</strong> ={' '}
        {nameOf({ name_zh: measure.formula_zh, name_en: measure.formula_en })}
      </p>
      <p className="soft">
        {t(`evaluation.better.${measure.better}`)}{' '}
        {t('evaluation.whole', { hits: measure.hits, cases: measure.cases, share: percent(measure.rate) })}
      </p>
      <details>
        <summary>{t('evaluation.method')}</summary>
        <p>{t('evaluation.method_adjusted')}</p>
        <p>
          {t('evaluation.method_limits', {
            level: percent(evaluation.level),
            rate: percent(evaluation.false_discoveries),
            dispersion: measure.dispersion.toFixed(2),
          })}
        </p>
        <p>
          {t('evaluation.method_numbers', {
            cases: evaluation.minimum_cases,
            members: evaluation.least_members,
          })}
        </p>
        <p className="soft">
          {nameOf({ name_zh: evaluation.source_zh, name_en: evaluation.source_en })}
        </p>
      </details>
    </div>
  );
}

function Month({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<Measure>('IN_TIME');
  const [opened, setOpened] = useState<string | null>(null);
  const measure = evaluation.measures.find((one) => one.code === code);
  const figures = evaluation.figures.filter((one) => one.measure === code);
  const shown = figures.find((one) => one.organisation_id === opened);
  if (measure === undefined) return null;
  return (
    <>
      <Facts evaluation={evaluation} />
      <Choice
        label={t('evaluation.measure')}
        options={evaluation.measures.map((one) => ({ value: one.code, text: nameOf(one) }))}
        value={code}
        onChange={setCode}
      />
      <Panel title={nameOf(measure)} count={figures.length}>
        <Formula evaluation={evaluation} code={code} />
        {figures.length === 0 ? (
          <Empty steps={null} title={t('evaluation.no_figures')} text={t('evaluation.no_figures_text')} />
        ) : (
          <>
            <FunnelOfMonth measure={measure} figures={figures} own={evaluation.organisation_id} />
            <FiguresOfMeasure
              evaluation={evaluation}
              measure={measure}
              figures={figures}
              onOpen={setOpened}
            />
          </>
        )}
      </Panel>
      {shown !== undefined && (
        <CountedCases
          key={`${shown.organisation_id} ${code}`}
          evaluation={evaluation}
          measure={measure}
          organisationId={shown.organisation_id}
          name={nameOf(shown)}
        />
      )}
      <Appeals evaluation={evaluation} />
    </>
  );
}

function OneMonth({ id }: { id: string }) {
  const evaluation = useEvaluation(id);
  return <Loaded query={evaluation}>{(data) => <Month evaluation={data} />}</Loaded>;
}

/** How organisations did, month by month, held against what is usual for such cases. */
export function EvaluationPage() {
  const { t } = useTranslation();
  const months = useEvaluations();
  const [chosen, setChosen] = useFilter('month', LATEST, isText);
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.evaluation')}</h1>
        <p className="soft">{t('evaluation.text')}</p>
      </div>
      <div className="evaluation">
        <Loaded query={months}>
          {(rows) => {
            const id = chosen === LATEST ? rows[0]?.id : chosen;
            if (id === undefined) {
              return (
                <Empty
                  title={t('evaluation.none')}
                  text={t('evaluation.none_text')}
                  steps={[
                    { may: 'case.close', to: '/cases?state=VERIFIED', text: t('step.close_cases') },
                  ]}
                />
              );
            }
            return (
              <>
                <Choice
                  label={t('evaluation.month')}
                  options={rows.map((row) => ({
                    value: row.id,
                    text: `${row.first_day.slice(0, 7)} · ${t(`evaluation_state.${row.state}`)}`,
                  }))}
                  value={id}
                  onChange={setChosen}
                />
                <OneMonth key={id} id={id} />
              </>
            );
          }}
        </Loaded>
      </div>
    </div>
  );
}
