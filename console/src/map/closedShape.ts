/** The outline of closed roads, in degrees (lon, lat). */
import type { Box, Closure } from '../api/onMap';

/** A circle, or an area as a GeoJSON polygon. */
export type ClosedShape = Pick<Closure, 'lon' | 'lat' | 'radius_m' | 'polygon'>;
type Ring = [number, number][];

const CORNERS = 48;
const METRES_A_DEGREE = 111_195;

/** The closed ring around what is closed. */
export function ringOf({ lon, lat, radius_m, polygon }: ClosedShape): Ring {
  if (polygon !== null) return (polygon['coordinates'] as Ring[])[0] ?? [];
  const reach = (radius_m ?? 0) / METRES_A_DEGREE;
  const wide = reach / Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const turn = (corner / CORNERS) * 2 * Math.PI;
    return [lon + wide * Math.cos(turn), lat + reach * Math.sin(turn)];
  });
}

/** The smallest box around it. */
export function boxAround(shape: ClosedShape): Box {
  const ring = ringOf(shape);
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  return {
    west: Math.min(...lons),
    south: Math.min(...lats),
    east: Math.max(...lons),
    north: Math.max(...lats),
  };
}
