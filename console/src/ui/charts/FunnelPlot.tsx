import { useTranslation } from 'react-i18next';

import { percent } from '../FiguresTable';
import { Chart, pointPath, type Sign } from './Chart';
import { funnelOf, type Entrant, type FunnelPoint } from './funnel';

const SIZE = 5;
const at = (place: number): string => `${place}%`;
const SIGNS: readonly Exclude<Sign, 'bar' | 'mark'>[] = [
  'point',
  'flagged',
  'own',
  'usual',
  'inner',
  'outer',
];

/** Within what chance alone leaves one of those compared. */
function Limits({ point: { x, inner, outer } }: { point: FunnelPoint }) {
  const ends = { x1: at(x), x2: at(x) };
  return (
    <g aria-hidden>
      <line className="chart__outer" {...ends} y1={at(outer[0])} y2={at(outer[1])} />
      <line className="chart__inner" {...ends} y1={at(inner[0])} y2={at(inner[1])} />
    </g>
  );
}

/** A circle for who is within the outer limits, a diamond for who is beyond. */
function Point({ point: { entrant, x, y } }: { point: FunnelPoint }) {
  const { name, share, standing, isFlagged, isOwn } = entrant;
  const look = `chart__point${isFlagged ? ' chart__point--flagged' : ''}${isOwn ? ' chart__point--own' : ''}`;
  return (
    <svg x={at(x)} y={at(y)} overflow="visible">
      <title>{`${name}: ${percent(share)}, ${standing}`}</title>
      <path
        className={look}
        d={isFlagged ? pointPath(0, 0, 'flagged', SIZE + 1) : pointPath(0, 0, 'point', SIZE)}
      />
    </svg>
  );
}

interface Props {
  title: string;
  entrants: readonly Entrant[];
  /** The share of all together. */
  usual: number;
}

/**
 * Those compared by how much their cases tell and by their share, each with its limits. Whoever
 * draws it puts the table of the same figures below.
 */
export function FunnelPlot({ title, entrants, usual }: Props) {
  const { t } = useTranslation();
  const { points, usualY, ticks } = funnelOf(entrants, usual);
  return (
    <Chart title={title} legend={SIGNS.map((sign) => ({ sign, text: t(`chart.funnel.${sign}`) }))}>
      <div className="chart__plot chart__plot--funnel">
        <div className="chart__axis figures" aria-hidden>
          {ticks.map(({ share, y }) => (
            <span key={share} style={{ bottom: at(100 - y) }}>
              {percent(share)}
            </span>
          ))}
        </div>
        <svg role="img" aria-label={t('chart.funnel.label', { name: title, count: points.length })}>
          {ticks.map(({ share, y }) => (
            <line key={share} className="chart__grid" x2="100%" y1={at(y)} y2={at(y)} aria-hidden />
          ))}
          {points.map((point) => (
            <Limits key={point.entrant.key} point={point} />
          ))}
          <line className="chart__usual" x2="100%" y1={at(usualY)} y2={at(usualY)} />
          {points.map((point) => (
            <Point key={point.entrant.key} point={point} />
          ))}
        </svg>
        <p className="chart__weight" aria-hidden>
          {t('chart.funnel.weight')}
        </p>
      </div>
    </Chart>
  );
}
