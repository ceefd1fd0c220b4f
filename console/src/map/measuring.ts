/** How long a line and how large a ground is, on the earth as a ball. */
import type { Point } from './motion';

const EARTH_M = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres along the great circle. */
export function distance_m(one: Point, other: Point): number {
  const north = Math.sin(radians(other.lat - one.lat) / 2) ** 2;
  const east = Math.sin(radians(other.lon - one.lon) / 2) ** 2;
  const chord = north + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * east;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Metres along a line. */
export function length_m(line: readonly Point[]): number {
  return line.slice(1).reduce((sum, to, row) => sum + distance_m(line[row] ?? to, to), 0);
}

/** Square metres within a line that is closed from its last point to its first. */
export function area_m2(line: readonly Point[]): number {
  if (line.length < 3) return 0;
  const sum = line.reduce((total, to, row) => {
    const from = line.at(row - 1) ?? to;
    const above = 2 + Math.sin(radians(from.lat)) + Math.sin(radians(to.lat));
    return total + radians(to.lon - from.lon) * above;
  }, 0);
  return Math.abs((sum * EARTH_M * EARTH_M) / 2);
}

/** Metres to a round number: 1, 2 or 5 and noughts, at most so many. */
export function roundLength_m(most_m: number): number {
  const whole = 10 ** Math.floor(Math.log10(most_m));
  return whole * ([5, 2].find((step) => step * whole <= most_m) ?? 1);
}
