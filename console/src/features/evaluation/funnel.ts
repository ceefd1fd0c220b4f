/** Where organisations stand in a funnel plot: a pure function of their figures. */
import type { EvaluationFigure } from '../../api/evaluation';

export const PLOT = { width: 640, height: 260, left: 68, right: 12, top: 12, bottom: 30 } as const;
const TICKS = 4;
const MARGIN = 0.06;

export interface FunnelPoint {
  figure: EvaluationFigure;
  x: number;
  y: number;
  inner: readonly [number, number];
  outer: readonly [number, number];
}

export interface Funnel {
  points: FunnelPoint[];
  /** The share of all together. */
  usualY: number;
  ticks: { share: number; y: number }[];
}

interface Compared {
  figure: EvaluationFigure;
  weight: number;
  adjusted: number;
  ends: readonly [number, number, number, number];
}

function compared(figure: EvaluationFigure): Compared[] {
  const { weight, adjusted, low, high, outer_low, outer_high } = figure;
  if (weight === null || adjusted === null) return [];
  if (low === null || high === null || outer_low === null || outer_high === null) return [];
  return [{ figure, weight, adjusted, ends: [outer_low, low, high, outer_high] }];
}

/**
 * Place every organisation that is compared: to the right the more its cases tell (on a scale of
 * roots, on which limits narrow evenly), upwards by its adjusted share, with its own limits.
 */
export function funnelOf(figures: readonly EvaluationFigure[], usual: number): Funnel {
  const found = figures.flatMap(compared);
  const shares = [usual, ...found.flatMap(({ adjusted, ends }) => [adjusted, ...ends])];
  const spread = Math.max(...shares) - Math.min(...shares) || 1;
  const bottom = Math.max(0, Math.min(...shares) - spread * MARGIN);
  const top = Math.min(1, Math.max(...shares) + spread * MARGIN);
  const height = PLOT.height - PLOT.top - PLOT.bottom;
  const width = PLOT.width - PLOT.left - PLOT.right;
  const yOf = (share: number): number =>
    PLOT.top + height * (1 - (share - bottom) / (top - bottom || 1));
  const most = Math.sqrt(Math.max(1, ...found.map(({ weight }) => weight)));
  return {
    points: found.map(({ figure, weight, adjusted, ends }) => ({
      figure,
      x: PLOT.left + (width * Math.sqrt(weight)) / most,
      y: yOf(adjusted),
      inner: [yOf(ends[1]), yOf(ends[2])],
      outer: [yOf(ends[0]), yOf(ends[3])],
    })),
    usualY: yOf(usual),
    ticks: Array.from({ length: TICKS + 1 }, (_, place) => {
      const share = bottom + ((top - bottom) * place) / TICKS;
      return { share, y: yOf(share) };
    }),
  };
}
