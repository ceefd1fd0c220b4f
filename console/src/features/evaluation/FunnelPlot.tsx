import { useTranslation } from 'react-i18next';

import type { EvaluationFigure, MeasureText } from '../../api/evaluation';
import { nameOf } from '../../api/reference';
import { percent } from '../../ui/FiguresTable';
import { funnelOf, PLOT, type FunnelPoint } from './funnel';

const FLAGGED: readonly EvaluationFigure['standing'][] = ['BETTER', 'WORSE', 'UNUSUAL'];
const SIZE = 5;

/** Within what chance alone leaves an organisation. */
function Limits({ point: { x, inner, outer } }: { point: FunnelPoint }) {
  return (
    <g aria-hidden>
      <line className="funnel__outer" x1={x} x2={x} y1={outer[0]} y2={outer[1]} />
      <line className="funnel__inner" x1={x} x2={x} y1={inner[0]} y2={inner[1]} />
    </g>
  );
}

/** A circle for who is within the outer limits, a diamond for who is beyond. */
function Point({ point, isOwn }: { point: FunnelPoint; isOwn: boolean }) {
  const { t } = useTranslation();
  const { figure, x, y } = point;
  const isFlagged = FLAGGED.includes(figure.standing);
  const look = `funnel__point${isFlagged ? ' funnel__point--flagged' : ''}${isOwn ? ' funnel__point--own' : ''}`;
  const side = SIZE + 1;
  return (
    <g>
      <title>{`${nameOf(figure)}: ${percent(figure.adjusted)}, ${t(`standing.${figure.standing}`)}`}</title>
      {isFlagged ? (
        <path
          className={look}
          d={`M${x} ${y - side}l${side} ${side}l-${side} ${side}l-${side} -${side}z`}
        />
      ) : (
        <circle className={look} cx={x} cy={y} r={SIZE} />
      )}
    </g>
  );
}

interface Props {
  measure: MeasureText;
  figures: readonly EvaluationFigure[];
  own: string | null;
}

/** Organisations by how much their cases tell and by their adjusted share, each with its limits. */
export function FunnelPlot({ measure, figures, own }: Props) {
  const { t } = useTranslation();
  if (measure.rate === null) return null;
  const { points, usualY, ticks } = funnelOf(figures, measure.rate);
  if (points.length === 0) return <p className="soft">{t('evaluation.nobody_compared')}</p>;
  return (
    <figure className="funnel">
      <svg
        viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
        role="img"
        aria-label={t('evaluation.plot', { name: nameOf(measure), count: points.length })}
      >
        {ticks.map(({ share, y }) => (
          <g key={share} aria-hidden>
            <line className="funnel__grid" x1={PLOT.left} x2={PLOT.width - PLOT.right} y1={y} y2={y} />
            <text className="funnel__text" x={PLOT.left - 6} y={y + 4} textAnchor="end">
              {percent(share)}
            </text>
          </g>
        ))}
        {points.map((point) => (
          <Limits key={point.figure.organisation_id} point={point} />
        ))}
        <line
          className="funnel__usual"
          x1={PLOT.left}
          x2={PLOT.width - PLOT.right}
          y1={usualY}
          y2={usualY}
        />
        {points.map((point) => (
          <Point
            key={point.figure.organisation_id}
            point={point}
            isOwn={point.figure.organisation_id === own}
          />
        ))}
        <text
          className="funnel__text"
          x={PLOT.width - PLOT.right}
          y={PLOT.height - 8}
          textAnchor="end"
          aria-hidden
        >
          {t('evaluation.weight_axis')}
        </text>
      </svg>
      <figcaption className="soft">{t('evaluation.legend')}</figcaption>
    </figure>
  );
}
