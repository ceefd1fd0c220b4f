/** The grid as a drawing: rings of cells laid out by degrees, north up. */
import type { FeatureCollection, Polygon, Position } from 'geojson';

export interface DrawnCell {
  area: number;
  path: string;
}

export interface Drawing {
  width: number;
  height: number;
  cells: DrawnCell[];
  /** Where a place lies on the drawing. */
  at: (lon: number, lat: number) => { x: number; y: number };
}

const WIDTH = 1000;

const ringOf = (geometry: Polygon): Position[] => geometry.coordinates[0] ?? [];

/** Lay the cells out on a drawing 1,000 wide; null without cells. */
export function drawn(collection: FeatureCollection): Drawing | null {
  const rings = collection.features.map(({ geometry, properties }) => ({
    area: (properties as { area: number }).area,
    ring: ringOf(geometry as Polygon),
  }));
  const lons = rings.flatMap(({ ring }) => ring.map(([lon = 0]) => lon));
  const lats = rings.flatMap(({ ring }) => ring.map(([, lat = 0]) => lat));
  if (lons.length === 0) return null;
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const [west, east, south, north] = [least(lons), most(lons), least(lats), most(lats)];
  const narrowing = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = WIDTH / Math.max(1e-9, (east - west) * narrowing);
  const at = (lon: number, lat: number) => ({
    x: (lon - west) * narrowing * scale,
    y: (north - lat) * scale,
  });
  const path = (ring: Position[]): string =>
    `${ring
      .map(([lon = 0, lat = 0], place) => {
        const { x, y } = at(lon, lat);
        return `${place === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join('')}Z`;
  return {
    width: WIDTH,
    height: (north - south) * scale,
    cells: rings.map(({ area, ring }) => ({ area, path: path(ring) })),
    at,
  };
}
