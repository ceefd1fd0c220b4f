import { useTranslation } from 'react-i18next';

import { useClockName } from '../../api/clocks';
import type { ClockPart, Tallies } from '../../api/types';
import { writeSpan } from '../../ui/clock';
import { Panel } from '../../ui/Panel';

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}

function span(seconds: number | null): string {
  return seconds === null ? '–' : writeSpan(seconds * 1000);
}

/** The share as a bar with the interval it may truly lie in. */
function Share({ part }: { part: ClockPart }) {
  const { t } = useTranslation();
  if (part.compliance === null) return null;
  const low = (part.compliance_low ?? part.compliance) * 100;
  const high = (part.compliance_high ?? part.compliance) * 100;
  const label = t('overview.interval', {
    low: percent(part.compliance_low),
    high: percent(part.compliance_high),
  });
  return (
    <svg className="share" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="share__ground" width="100" height="10" />
      <rect className="share__value" width={part.compliance * 100} height="10" />
      <rect className="share__interval" x={low} width={Math.max(0.5, high - low)} y="3.5" height="3" />
    </svg>
  );
}

/** How the response clock was kept: counts, medians and shares with their intervals. */
export function ClockTable({ clock }: { clock: Tallies['response_clock'] }) {
  const { t } = useTranslation();
  const clockName = useClockName();
  return (
    <Panel title={t('overview.clock')} flush>
      <div className="overview__scroll" role="group" aria-label={t('overview.clock')} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('overview.phase')}</th>
              <th scope="col" className="table__figure">
                {t('overview.n')}
              </th>
              <th scope="col" className="table__figure">
                {t('overview.missing')}
              </th>
              <th scope="col" className="table__figure">
                {t('overview.p50')}
              </th>
              <th scope="col" className="table__figure">
                {t('overview.p90')}
              </th>
              <th scope="col" className="table__figure">
                {t('overview.compliance')}
              </th>
              <th scope="col">{t('overview.interval_head')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(clock).map(([code, part]) => (
              <tr key={code}>
                <th scope="row">{clockName(code)}</th>
                <td className="table__figure figures">{part.n}</td>
                <td className="table__figure figures">{part.missing}</td>
                <td className="table__figure figures">{span(part.p50_s)}</td>
                <td className="table__figure figures">{span(part.p90_s)}</td>
                <td className="table__figure figures">{percent(part.compliance)}</td>
                <td className="share__cell">
                  <Share part={part} />
                  <span className="soft figures">
                    {percent(part.compliance_low)} – {percent(part.compliance_high)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
