import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useCountedCases, useItemFigures, type Evaluation, type MeasureText } from '../../api/evaluation';
import { nameOf, useItemName } from '../../api/reference';
import { percent } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Segments } from '../../ui/Segments';
import { Empty, Loaded } from '../../ui/states';
import { AppealBox } from './AppealBox';

interface Props {
  evaluation: Evaluation;
  measure: MeasureText;
  organisationId: string;
  name: string;
}

/** An organisation's figures of one measure, item by item. */
function ByItem({ evaluation, measure, organisationId, name }: Props) {
  const { t } = useTranslation();
  const itemName = useItemName();
  const figures = useItemFigures(evaluation.id, organisationId);
  return (
    <Loaded query={figures} skeletonRows={3}>
      {(rows) => (
        <div className="figures-table" role="group" aria-label={t('evaluation.by_item', { name })} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('evaluation.item')}</th>
                {(['counted', 'share', 'usual'] as const).map((column) => (
                  <th key={column} scope="col" className="table__figure">
                    {t(`evaluation.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows
                .filter((row) => row.measure === measure.code)
                .map((row) => (
                  <tr key={row.item_code}>
                    <th scope="row">{itemName(row.item_code)}</th>
                    <td className="table__figure figures">{`${row.hits} / ${row.cases}`}</td>
                    <td className="table__figure figures">{percent(row.rate)}</td>
                    <td className="table__figure figures">{percent(row.expected / row.cases)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  );
}

/** The cases that a figure counts, each to be opened; one's own may be appealed. */
export function CountedCases({ evaluation, measure, organisationId, name }: Props) {
  const { t } = useTranslation();
  const itemName = useItemName();
  const [side, setSide] = useState<'hit' | 'missed'>('missed');
  const cases = useCountedCases({
    evaluationId: evaluation.id,
    organisationId,
    measure: measure.code,
    hit: side === 'hit',
  });
  const isOwn = organisationId === evaluation.organisation_id;
  return (
    <Panel
      title={`${name} · ${nameOf(measure)}`}
      tools={
        <Segments
          label={t('evaluation.which_cases')}
          value={side}
          onChange={setSide}
          segments={[
            { value: 'missed', text: t('evaluation.missed') },
            { value: 'hit', text: t('evaluation.hit') },
          ]}
        />
      }
    >
      <ByItem evaluation={evaluation} measure={measure} organisationId={organisationId} name={name} />
      <Rows query={cases} skeletonRows={4} empty={<Empty steps={null} title={t('evaluation.no_cases')} text={t('evaluation.no_cases_text')} />}>
        {(rows) => (
          <ul className="counted">
            {rows.map((row) => (
              <li key={row.case_id} className="line-up">
                <Link className="figures" to={`/cases/${row.case_id}`}>
                  {row.number}
                </Link>
                <span>{itemName(row.item_code)}</span>
                <span className="soft figures">{row.closed_on}</span>
                {isOwn && evaluation.may_appeal && (
                  <AppealBox
                    evaluationId={evaluation.id}
                    measure={measure}
                    caseId={row.case_id}
                    number={row.number}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Rows>
    </Panel>
  );
}
