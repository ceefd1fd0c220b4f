import { useTranslation } from 'react-i18next';

import { percent } from '../FiguresTable';
import { Chart, pointPath, type Sign } from './Chart';
import { funnelOf, PLOT, type Entrant, type FunnelPoint } from './funnel';

const SIZE = 5;
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
  return (
    <g aria-hidden>
      <line className="chart__outer" x1={x} x2={x} y1={outer[0]} y2={outer[1]} />
      <line className="chart__inner" x1={x} x2={x} y1={inner[0]} y2={inner[1]} />
    </g>
  );
}

/** A circle for who is within the outer limits, a diamond for who is beyond. */
function Point({ point: { entrant, x, y } }: { point: FunnelPoint }) {
  const { name, share, standing, isFlagged, isOwn } = entrant;
  const look = `chart__point${isFlagged ? ' chart__point--flagged' : ''}${isOwn ? ' chart__point--own' : ''}`;
  return (
    <g>
      <title>{`${name}: ${percent(share)}, ${standing}`}</title>
      <path
        className={look}
        d={isFlagged ? pointPath(x, y, 'flagged', SIZE + 1) : pointPath(x, y, 'point', SIZE)}
      />
    </g>
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
  const ends = { x1: PLOT.left, x2: PLOT.width - PLOT.right };
  return (
    <Chart title={title} legend={SIGNS.map((sign) => ({ sign, text: t(`chart.funnel.${sign}`) }))}>
      <svg
        className="chart__funnel"
        viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
        role="img"
        aria-label={t('chart.funnel.label', { name: title, count: points.length })}
      >
        {ticks.map(({ share, y }) => (
          <g key={share} aria-hidden>
            <line className="chart__grid" {...ends} y1={y} y2={y} />
            <text className="chart__text" x={PLOT.left - 6} y={y + 4} textAnchor="end">
              {percent(share)}
            </text>
          </g>
        ))}
        {points.map((point) => (
          <Limits key={point.entrant.key} point={point} />
        ))}
        <line className="chart__usual" {...ends} y1={usualY} y2={usualY} />
        {points.map((point) => (
          <Point key={point.entrant.key} point={point} />
        ))}
        <text className="chart__text" x={ends.x2} y={PLOT.height - 8} textAnchor="end" aria-hidden>
          {t('chart.funnel.weight')}
        </text>
      </svg>
    </Chart>
  );
}
