import { useTranslation } from 'react-i18next';

import { useClockName } from '../../api/clocks';
import type { ClockPart, Tallies } from '../../api/types';
import { ShareBar } from '../../ui/charts/ShareBar';
import { percent, span } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';

const FIGURES = ['n', 'missing', 'p50', 'p90', 'compliance'] as const;

function written(part: ClockPart, name: (typeof FIGURES)[number]): string {
  if (name === 'p50') return span(part.p50_s);
  if (name === 'p90') return span(part.p90_s);
  return name === 'compliance' ? percent(part.compliance) : String(part[name]);
}

/** The share as a bar with the interval it may truly lie in. */
function Share({ part }: { part: ClockPart }) {
  const { t } = useTranslation();
  if (part.compliance === null) return null;
  const label = t('overview.interval', {
    low: percent(part.compliance_low),
    high: percent(part.compliance_high),
  });
  return (
    <ShareBar share={part.compliance} low={part.compliance_low} high={part.compliance_high} label={label} />
  );
}

/** How the response clock was kept: counts, medians and shares with their intervals. */
export function ClockTable({ clock }: { clock: Tallies['response_clock'] }) {
  const { t } = useTranslation();
  const clockName = useClockName();
  return (
    <Panel title={t('overview.clock')} flush>
      <div className="overview__scroll" role="group" aria-label={t('overview.clock')} tabIndex={0}>
        <table className="table table--cards">
          <thead>
            <tr>
              <th scope="col">{t('overview.phase')}</th>
              {FIGURES.map((name) => (
                <th key={name} scope="col" className="table__figure">
                  {t(`overview.${name}`)}
                </th>
              ))}
              <th scope="col">{t('overview.interval_head')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(clock).map(([code, part]) => (
              <tr key={code}>
                <th scope="row">{clockName(code)}</th>
                {FIGURES.map((name) => (
                  <td
                    key={name}
                    className="table__figure figures"
                    data-label={t(`overview.${name}`)}
                  >
                    {written(part, name)}
                  </td>
                ))}
                <td className="share__cell" data-label={t('overview.interval_head')}>
                  <span>
                    <Share part={part} />
                    <span className="soft figures">
                      {part.compliance_low === null
                        ? '–'
                        : `${percent(part.compliance_low)} – ${percent(part.compliance_high)}`}
                    </span>
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
