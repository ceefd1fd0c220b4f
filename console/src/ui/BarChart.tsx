import { useTranslation } from 'react-i18next';

import './chart.css';

export interface Bar {
  key: string;
  name: string;
  /** None where nothing was measured. */
  value: number | null;
  /** A second figure beside it, drawn as a line across: what was expected, or the target. */
  mark?: number | null;
}

interface Props {
  title: string;
  /** What the value and the mark are, for the table. */
  valueName: string;
  markName?: string;
  bars: readonly Bar[];
  write: (value: number) => string;
}

const HEIGHT = 100;
const STEP = 24;
const BAR = 16;

/** Bars as a picture, and the same figures as a table for whoever does not see it. */
export function BarChart({ title, valueName, markName, bars, write }: Props) {
  const { t } = useTranslation();
  const most = Math.max(1e-9, ...bars.flatMap(({ value, mark }) => [value ?? 0, mark ?? 0]));
  const scale = (value: number): number => (value / most) * HEIGHT;
  const shown = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : write(value);
  const width = Math.max(bars.length, 1) * STEP;
  return (
    <figure className="chart">
      <figcaption>
        {title} <span className="soft">{t('chart.most', { value: write(most) })}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + 2}`}
        style={{ maxWidth: `${width * 3}px` }}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('chart.label', { title, count: bars.length })}
      >
        <line className="chart__ground" x1="0" x2={width} y1={HEIGHT + 1} y2={HEIGHT + 1} />
        {bars.map(({ key, name, value, mark }, place) => (
          <g key={key}>
            <title>{`${name}: ${shown(value)}${mark === undefined ? '' : ` / ${shown(mark)}`}`}</title>
            <rect
              className="chart__bar"
              x={place * STEP + (STEP - BAR) / 2}
              y={HEIGHT - scale(value ?? 0)}
              width={BAR}
              height={scale(value ?? 0)}
            />
            {typeof mark === 'number' && (
              <line
                className="chart__mark"
                x1={place * STEP + 1}
                x2={(place + 1) * STEP - 1}
                y1={HEIGHT - scale(mark)}
                y2={HEIGHT - scale(mark)}
              />
            )}
          </g>
        ))}
      </svg>
      {bars.length > 1 && (
        <p className="chart__ends soft" style={{ maxWidth: `${width * 3}px` }} aria-hidden>
          <span>{bars[0]?.name}</span>
          <span>{bars.at(-1)?.name}</span>
        </p>
      )}
      <details>
        <summary>{t('chart.table')}</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col" className="table__figure">
                {valueName}
              </th>
              {markName !== undefined && (
                <th scope="col" className="table__figure">
                  {markName}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {bars.map(({ key, name, value, mark }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td className="table__figure figures">{shown(value)}</td>
                {markName !== undefined && <td className="table__figure figures">{shown(mark)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
