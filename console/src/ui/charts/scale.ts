/** Where the ticks of an axis stand, and how its values are written: pure functions of the values. */
import { percent, span } from '../FiguresTable';

export type Unit = 'count' | 'share' | 'seconds';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
/** Steps that people count in. */
const STEPS: Record<Unit, readonly number[]> = {
  count: Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((one) => one * 10 ** power)).flat(),
  share: [0.01, 0.02, 0.05, 0.1, 0.25],
  seconds: [
    ...[1, 2, 5, 10, 15, 30],
    ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_S),
    ...[1, 2, 4, 6, 12].map((hours) => hours * HOUR_S),
    ...[1, 2, 7, 14, 28, 84, 364].map((days) => days * DAY_S),
  ],
};
const MOST_STEPS = 4;

/** The ticks from 0 to the first round value that nothing exceeds: at most five. */
export function ticksOf(most: number, unit: Unit): number[] {
  const step = STEPS[unit].find((one) => one * MOST_STEPS >= most) ?? most / MOST_STEPS;
  const steps = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: steps + 1 }, (_, place) => place * step);
}

const WRITE: Record<Unit, (value: number) => string> = {
  count: (value) => String(Math.round(value * 10) / 10),
  share: percent,
  seconds: span,
};

/** A value as it is written beside a chart; a dash where nothing was measured. */
export function written(value: number | null | undefined, unit: Unit): string {
  return value === null || value === undefined ? '–' : WRITE[unit](value);
}

/** A tick: a share without the decimal that it never has. */
export function writtenTick(value: number, unit: Unit): string {
  return unit === 'share' ? `${Math.round(value * 100)} %` : WRITE[unit](value);
}
