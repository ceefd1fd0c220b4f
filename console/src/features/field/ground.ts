/** Where things are, reckoned on the device: it may have no network to ask. */
import type { Round } from '../../api/types';

export interface Point {
  lon: number;
  lat: number;
}

type Cell = Round['cells'][number];
type Ring = readonly (readonly number[])[];

const METRES_PER_DEGREE = 111_320;

/** Metres between two points of one city. */
export function metresBetween(a: Point, b: Point): number {
  const east = (b.lon - a.lon) * METRES_PER_DEGREE * Math.cos((a.lat * Math.PI) / 180);
  const north = (b.lat - a.lat) * METRES_PER_DEGREE;
  return Math.hypot(east, north);
}

function crosses(ring: Ring, { lon, lat }: Point): boolean {
  let isInside = false;
  ring.forEach((corner, place) => {
    const [x = 0, y = 0] = corner;
    const [px = 0, py = 0] = ring[(place + ring.length - 1) % ring.length] ?? [];
    if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) isInside = !isInside;
  });
  return isInside;
}

/** The cell that holds a point; holes of a polygon are no part of it. */
export function cellAt(cells: readonly Cell[], point: Point): Cell | undefined {
  return cells.find(({ polygon }) => {
    const rings = (polygon['coordinates'] ?? []) as Ring[];
    return rings.reduce((isInside, ring) => isInside !== crosses(ring, point), false);
  });
}
