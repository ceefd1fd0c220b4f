import { useTranslation } from 'react-i18next';

import type { Study } from '../../api/postures';
import { BothHeads } from './BothHeads';
import { shown } from './figures';

const SHOWN_LIMIT_ROWS = 12;

/** The cells that wait longest under either posture, and what the other would change. */
export function AreasTable({ study }: { study: Study }) {
  const { t } = useTranslation();
  const rows = study.areas.filter(({ a_s, b_s }) => a_s !== null || b_s !== null);
  if (rows.length === 0) return null;
  return (
    <div className="planner__table" role="group" aria-label={t('planner.areas')} tabIndex={0}>
      <table className="table">
        <caption>{t('planner.areas')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('planner.cell')}</th>
            <th scope="col" className="table__figure">
              {t('planner.demand')}
            </th>
            <BothHeads />
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN_LIMIT_ROWS).map(({ area, demand_share, a_s, b_s }) => (
            <tr key={area}>
              <th scope="row" className="figures">
                {area}
              </th>
              <td className="table__figure figures">{shown('late_share', demand_share)}</td>
              <td className="table__figure figures">{shown('p50_s', a_s)}</td>
              <td className="table__figure figures">{shown('p50_s', b_s)}</td>
              <td className="table__figure figures">
                {shown('p50_s', a_s === null || b_s === null ? null : b_s - a_s, true)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
