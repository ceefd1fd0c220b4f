import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart } from './Chart';
import { ticksOf, written, writtenTick, type Unit } from './scale';

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
  /** What the value and the mark are. */
  valueName: string;
  markName?: string;
  bars: readonly Bar[];
  unit: Unit;
}

const HEIGHT = 100;
const STEP = 24;
const BAR = 16;
/** So many names stand below the bars; more would not be read. */
const NAMES = 6;

function Drawing({ bars, unit, top }: Pick<Props, 'bars' | 'unit'> & { top: number }) {
  const width = bars.length * STEP;
  const yOf = (value: number): number => HEIGHT * (1 - value / top);
  return bars.map(({ key, name, value, mark }, place) => (
    <g key={key}>
      <title>
        {`${name}: ${written(value, unit)}${mark === undefined ? '' : ` / ${written(mark, unit)}`}`}
      </title>
      {/* The whole column tells its name, however low its bar. */}
      <rect className="chart__column" x={place * STEP} width={Math.min(STEP, width)} height={HEIGHT} />
      <rect
        className="chart__bar"
        x={place * STEP + (STEP - BAR) / 2}
        y={yOf(value ?? 0)}
        width={BAR}
        height={HEIGHT - yOf(value ?? 0)}
      />
      {typeof mark === 'number' && (
        <line
          className="chart__mark"
          x1={place * STEP + 1}
          x2={(place + 1) * STEP - 1}
          y1={yOf(mark)}
          y2={yOf(mark)}
        />
      )}
    </g>
  ));
}

function Table({ title, valueName, markName, bars, unit }: Props) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('chart.table')}</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            {[valueName, markName].map(
              (name) =>
                name !== undefined && (
                  <th key={name} scope="col" className="table__figure">
                    {name}
                  </th>
                ),
            )}
          </tr>
        </thead>
        <tbody>
          {bars.map(({ key, name, value, mark }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td className="table__figure figures">{written(value, unit)}</td>
              {markName !== undefined && (
                <td className="table__figure figures">{written(mark, unit)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Bars as a picture, and the same figures as a table for whoever does not see it. */
export function BarChart(props: Props) {
  const { title, valueName, markName, bars, unit } = props;
  const { t } = useTranslation();
  const ticks = ticksOf(Math.max(0, ...bars.flatMap(({ value, mark }) => [value ?? 0, mark ?? 0])), unit);
  const top = ticks.at(-1) ?? 1;
  const width = bars.length * STEP;
  const every = Math.ceil(bars.length / NAMES);
  const legend = [{ sign: 'bar' as const, text: valueName }];
  return (
    <Chart
      title={title}
      legend={markName === undefined ? legend : [...legend, { sign: 'mark', text: markName }]}
    >
      {bars.length === 0 ? (
        <p className="soft">{t('chart.none')}</p>
      ) : (
        <div className="chart__plot" style={{ '--bars': bars.length } as CSSProperties}>
          <div className="chart__axis figures" aria-hidden>
            {ticks.map((tick) => (
              <span key={tick} style={{ bottom: `${(100 * tick) / top}%` }}>
                {writtenTick(tick, unit)}
              </span>
            ))}
          </div>
          <svg
            viewBox={`0 0 ${width} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t('chart.label', { title, count: bars.length })}
          >
            {ticks.map((tick) => (
              <line
                key={tick}
                className={tick === 0 ? 'chart__ground' : 'chart__grid'}
                x2={width}
                y1={HEIGHT * (1 - tick / top)}
                y2={HEIGHT * (1 - tick / top)}
              />
            ))}
            <Drawing bars={bars} unit={unit} top={top} />
          </svg>
          <div className="chart__names" aria-hidden>
            {bars.map(
              ({ key, name }, place) =>
                place % every === 0 && (
                  <span key={key} style={{ gridColumn: `${place + 1} / span ${Math.min(every, bars.length - place)}` }}>
                    {name}
                  </span>
                ),
            )}
          </div>
        </div>
      )}
      {bars.length > 0 && <Table {...props} />}
    </Chart>
  );
}
