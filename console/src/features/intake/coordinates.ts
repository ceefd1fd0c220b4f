/** Coordinates as people type them. */

const PAIR = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/u;

/**
 * Latitude and longitude in degrees, in this order, parted by a comma or a space.
 *
 * @returns null for anything else and for numbers that are no place on earth.
 */
export function parseCoordinates(text: string): { lon: number; lat: number } | null {
  const [, first, second] = PAIR.exec(text) ?? [];
  if (first === undefined || second === undefined) return null;
  const [lat, lon] = [Number(first), Number(second)];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : null;
}

const DIGITS = 5;

export function writeCoordinates({ lon, lat }: { lon: number; lat: number }): string {
  return `${lat.toFixed(DIGITS)}, ${lon.toFixed(DIGITS)}`;
}
