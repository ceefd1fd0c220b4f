import { useTranslation } from 'react-i18next';

import { useKindName } from '../../api/reference';
import { useTallies } from '../../api/tallies';
import type { Tallies } from '../../api/types';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { ClockTable } from './ClockTable';
import { Gaps } from './Gaps';
import { MonthsTable } from './MonthsTable';
import './overview.css';

const PARTS = ['received', 'open', 'linked', 'diverted', 'closed'] as const;

function Totals({ tallies }: { tallies: Tallies }) {
  const { t } = useTranslation();
  const figures = [
    ...PARTS.map((name) => ({ name, value: tallies.total[name] })),
    { name: 'dispatched' as const, value: tallies.dispatched },
    { name: 'cases_filed' as const, value: tallies.cases_filed },
    { name: 'cases_closed' as const, value: tallies.cases_closed },
  ];
  return (
    <dl className="totals">
      {figures.map(({ name, value }) => (
        <div key={name} className="total">
          <dt>{t(`tally.${name}`)}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ByKind({ tallies }: { tallies: Tallies }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const rows = Object.entries(tallies.by_kind).sort(([, a], [, b]) => b.received - a.received);
  return (
    <Panel title={t('overview.by_kind')} flush>
      <div className="overview__scroll" role="group" aria-label={t('overview.by_kind')} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('overview.kind')}</th>
              {PARTS.map((name) => (
                <th key={name} scope="col" className="table__figure">
                  {t(`tally.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([kind, tally]) => (
              <tr key={kind}>
                <th scope="row">{kindName(kind)}</th>
                {PARTS.map((name) => (
                  <td key={name} className="table__figure figures">
                    {tally[name]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p className="overview__none soft">{t('overview.none')}</p>}
    </Panel>
  );
}

/** The day in figures. What was received is always open, linked, diverted or closed. */
export function OverviewPage() {
  const { t } = useTranslation();
  const tallies = useTallies();
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.overview')}</h1>
      </div>
      <Loaded query={tallies}>
        {(data) => (
          <div className="overview">
            <Gaps />
            <Totals tallies={data} />
            <ClockTable clock={data.response_clock} />
            <MonthsTable />
            <ByKind tallies={data} />
          </div>
        )}
      </Loaded>
    </div>
  );
}
