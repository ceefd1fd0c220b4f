/** Where those compared stand in a funnel plot: a pure function of their figures. */

/** Places are told in hundredths of the plot, from the left and from the top. */
const WHOLE = 100;
const TICKS = 4;
const MARGIN = 0.06;

/** One of those compared. */
export interface Entrant {
  key: string;
  name: string;
  /** How it stands, in words. */
  standing: string;
  /** Beyond what chance does. */
  isFlagged: boolean;
  isOwn: boolean;
  /** How much its cases tell. */
  weight: number;
  share: number;
  /** What chance alone leaves it: the outer lower limit, the inner ones, the outer upper. */
  limits: readonly [number, number, number, number];
}

export interface FunnelPoint {
  entrant: Entrant;
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

/**
 * Place everyone: to the right the more their cases tell (on a scale of roots, on which limits
 * narrow evenly), upwards by their share, each with its own limits.
 */
export function funnelOf(entrants: readonly Entrant[], usual: number): Funnel {
  const shares = [usual, ...entrants.flatMap(({ share, limits }) => [share, ...limits])];
  const spread = Math.max(...shares) - Math.min(...shares) || 1;
  const bottom = Math.max(0, Math.min(...shares) - spread * MARGIN);
  const top = Math.min(1, Math.max(...shares) + spread * MARGIN);
  const yOf = (share: number): number => WHOLE * (1 - (share - bottom) / (top - bottom || 1));
  const most = Math.sqrt(Math.max(1, ...entrants.map(({ weight }) => weight)));
  return {
    points: entrants.map((entrant) => ({
      entrant,
      x: (WHOLE * Math.sqrt(entrant.weight)) / most,
      y: yOf(entrant.share),
      inner: [yOf(entrant.limits[1]), yOf(entrant.limits[2])],
      outer: [yOf(entrant.limits[0]), yOf(entrant.limits[3])],
    })),
    usualY: yOf(usual),
    ticks: Array.from({ length: TICKS + 1 }, (_, place) => {
      const share = bottom + ((top - bottom) * place) / TICKS;
      return { share, y: yOf(share) };
    }),
  };
}
