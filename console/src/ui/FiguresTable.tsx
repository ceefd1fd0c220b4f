import { Check, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../api/reference';
import type { ClockFigures, ClockRules } from '../api/types';
import { writeSpan } from './clock';
import './figures.css';

type Share = ClockFigures['limits'][number];

export function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}

export function span(seconds: number | null): string {
  return seconds === null ? '–' : writeSpan(seconds * 1000);
}

/** One limit: the share within it, its interval, and whether the target was met, in words. */
function Limit({ share }: { share: Share }) {
  const { t } = useTranslation();
  const Picture = share.met === true ? Check : TriangleAlert;
  return (
    <li>
      <span className="figures">
        ≤ {span(share.seconds)}: <strong>{percent(share.compliance)}</strong>
      </span>{' '}
      {share.compliance !== null && (
        <span className="soft figures">
          {percent(share.low)} – {percent(share.high)}
        </span>
      )}{' '}
      {share.met !== null && share.target !== null && (
        <span className={share.met ? 'figures__met' : 'figures__missed'}>
          <Picture size={12} aria-hidden />{' '}
          {t(share.met ? 'figures.met' : 'figures.missed', { target: percent(share.target) })}
        </span>
      )}
    </li>
  );
}

interface Props {
  label: string;
  rules: ClockRules | undefined;
  clocks: readonly ClockFigures[];
}

/** How each clock was kept: what was measured, what was not and why, times, shares and targets. */
export function FiguresTable({ label, rules, clocks }: Props) {
  const { t } = useTranslation();
  const names = new Map(rules?.clocks.map((clock) => [clock.code, nameOf(clock)]));
  return (
    <div className="figures-table" role="group" aria-label={label} tabIndex={0}>
      <table className="table table--cards">
        <thead>
          <tr>
            <th scope="col">{t('figures.clock')}</th>
            <th scope="col" className="table__figure">
              {t('figures.n')}
            </th>
            <th scope="col">{t('figures.missing')}</th>
            <th scope="col" className="table__figure">
              {t('figures.p50')}
            </th>
            <th scope="col" className="table__figure">
              {t('figures.p90')}
            </th>
            <th scope="col">{t('figures.within')}</th>
          </tr>
        </thead>
        <tbody>
          {clocks.map((one) => (
            <tr key={one.code}>
              <th scope="row">{names.get(one.code) ?? one.code}</th>
              <td className="table__figure figures" data-label={t('figures.n')}>
                {one.n}
              </td>
              <td data-label={t('figures.missing')}>
                <div>
                  {Object.entries(one.missing).map(([reason, count]) => (
                    <span key={reason} className="figures__missing">
                      {t(`missing.${reason}`, { defaultValue: reason })}{' '}
                      <span className="figures">{count}</span>
                    </span>
                  ))}
                </div>
              </td>
              <td className="table__figure figures" data-label={t('figures.p50')}>
                {span(one.p50_s)}
              </td>
              <td className="table__figure figures" data-label={t('figures.p90')}>
                {span(one.p90_s)}
              </td>
              <td data-label={t('figures.within')}>
                <ul>
                  {one.limits.map((share) => (
                    <Limit key={`${share.seconds} ${share.priorities.join(' ')}`} share={share} />
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
