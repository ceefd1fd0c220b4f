import { useTranslation } from 'react-i18next';

import { useMonths } from '../../api/tallies';
import { percent } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';

const COUNTS = [
  'calls',
  'valid',
  'diverted',
  'to_casework',
  'false_alarms',
  'sent_over',
  'came_back',
] as const;

/** The share of calls for help that were valid, by month, and what went to casework and back. */
export function MonthsTable() {
  const { t } = useTranslation();
  const months = useMonths();
  return (
    <Panel title={t('months.title')} flush>
      <div className="overview__scroll" role="group" aria-label={t('months.title')} tabIndex={0}>
        <Loaded query={months} skeletonRows={3}>
          {(rows) => (
            <table className="table table--cards">
              <thead>
                <tr>
                  <th scope="col">{t('months.month')}</th>
                  {COUNTS.map((name) => (
                    <th key={name} scope="col" className="table__figure">
                      {t(`months.${name}`)}
                    </th>
                  ))}
                  <th scope="col" className="table__figure">
                    {t('months.share')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.month}>
                    <th scope="row" className="figures">
                      {row.month.slice(0, 7)}
                    </th>
                    {COUNTS.map((name) => (
                      <td
                        key={name}
                        className="table__figure figures"
                        data-label={t(`months.${name}`)}
                      >
                        {row[name]}
                      </td>
                    ))}
                    <td className="table__figure figures" data-label={t('months.share')}>
                      <span>
                        {percent(row.valid_share)}{' '}
                        <span className="soft">
                          {percent(row.valid_share_low)}–{percent(row.valid_share_high)}
                        </span>
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      </div>
    </Panel>
  );
}
