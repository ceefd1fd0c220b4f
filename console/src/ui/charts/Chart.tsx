import type { ReactNode } from 'react';

import './charts.css';

const KEY = { width: 24, height: 14 };
const MIDDLE = { x: KEY.width / 2, y: KEY.height / 2 };

/** What a chart draws with: each its own shape, so that none is told by its colour alone. */
export type Sign = 'bar' | 'mark' | 'point' | 'flagged' | 'own' | 'usual' | 'inner' | 'outer';

export function pointPath(x: number, y: number, sign: 'flagged' | 'point', size: number): string {
  return sign === 'flagged'
    ? `M${x} ${y - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`
    : `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`;
}

function Drawn({ sign }: { sign: Sign }) {
  const { x, y } = MIDDLE;
  if (sign === 'bar') return <rect className="chart__bar" x={x - 5} y="0" width="10" height={KEY.height} />;
  if (sign === 'inner' || sign === 'outer') {
    return <line className={`chart__${sign}`} x1={x} x2={x} y1="0" y2={KEY.height} />;
  }
  if (sign === 'mark' || sign === 'usual') {
    return <line className={`chart__${sign}`} x1="1" x2={KEY.width - 1} y1={y} y2={y} />;
  }
  const look = sign === 'point' ? '' : ` chart__point--${sign}`;
  const shape = sign === 'flagged' ? 'flagged' : 'point';
  return <path className={`chart__point${look}`} d={pointPath(x, y, shape, 5)} />;
}

interface Props {
  title: string;
  /** What its signs mean. */
  legend: readonly { sign: Sign; text: string }[];
  children: ReactNode;
}

/** What every chart has: a title, its signs in words, the drawing, and the figures as a table. */
export function Chart({ title, legend, children }: Props) {
  return (
    <figure className="chart">
      <figcaption>
        <span className="chart__title">{title}</span>
        {legend.map(({ sign, text }) => (
          <span key={sign} className="chart__key soft">
            <svg width={KEY.width} height={KEY.height} aria-hidden>
              <Drawn sign={sign} />
            </svg>
            {text}
          </span>
        ))}
      </figcaption>
      {children}
    </figure>
  );
}
