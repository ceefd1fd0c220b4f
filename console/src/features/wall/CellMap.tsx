import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useOpenIncidents } from '../../api/dispatch';
import { useGridCells } from '../../api/reference';
import type { Wall } from '../../api/types';
import { priorityOf, type Priority } from '../../ui/PriorityMark';
import { drawn } from './cells';

const MARK = 30;
/** Urgency by shape, as everywhere: diamond, triangle, square, circle. */
const SHAPES: Record<Priority, string> = {
  1: 'M0 -30L30 0L0 30L-30 0Z',
  2: 'M0 -28L28 24L-28 24Z',
  3: 'M-22 -22H22V22H-22Z',
  4: 'M-24 0A24 24 0 1 0 24 0A24 24 0 1 0 -24 0Z',
};

/** The grid with its cases, and where help is asked for now. What it shows stands beside it in words. */
export function CellMap({ loads }: { loads: Wall['grid']['loads'] }) {
  const { t } = useTranslation();
  const cells = useGridCells().data;
  const incidents = useOpenIncidents().data ?? [];
  const drawing = useMemo(() => (cells === undefined ? null : drawn(cells)), [cells]);
  const standing = new Map(
    loads.map(({ area, late }) => [area, late === 0 ? 'open' : 'late'] as const),
  );
  if (drawing === null) return null;
  return (
    <svg
      className="wall-map"
      viewBox={`${-MARK} ${-MARK} ${drawing.width + 2 * MARK} ${drawing.height + 2 * MARK}`}
      role="img"
      aria-label={t('wall.map_label', { incidents: incidents.length, cells: standing.size })}
    >
      {drawing.cells.map(({ area, path }) => (
        <path key={area} d={path} className={`wall-map__cell--${standing.get(area) ?? 'none'}`} />
      ))}
      {incidents.map(({ id, lon, lat, priority }) => {
        const { x, y } = drawing.at(lon, lat);
        const level = priorityOf(priority);
        return (
          <path
            key={id}
            d={SHAPES[level]}
            transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            className={`wall-map__mark wall-map__mark--${level}`}
          />
        );
      })}
    </svg>
  );
}

/** What the drawing's signs mean, with how many of each there are. */
export function CellLegend({ loads }: { loads: Wall['grid']['loads'] }) {
  const { t } = useTranslation();
  const late = loads.filter((one) => one.late !== 0).length;
  return (
    <ul className="wall-map__legend">
      <li>
        <span className="wall-map__key wall-map__key--late" aria-hidden />
        {t('wall.key.late', { count: late })}
      </li>
      <li>
        <span className="wall-map__key" aria-hidden />
        {t('wall.key.open', { count: loads.length - late })}
      </li>
    </ul>
  );
}
