/** Things that stand together at this scale, with their exact count. */
import type { Point } from './motion';

/** How far apart two groups are on the screen, at most. */
const SQUARE_PX = 72;
const TILE_PX = 512;
const CIRCLE_DEGREES = 360;

export interface Group<Thing> extends Point {
  things: Thing[];
}

/** The side of a square, a power of two: groups stay what they are while the map moves. */
export function squareDegrees(zoom: number): number {
  const degreesPerPixel = CIRCLE_DEGREES / (TILE_PX * 2 ** zoom);
  return 2 ** Math.round(Math.log2(degreesPerPixel * SQUARE_PX));
}

/** Group things by squares of the ground; a group stands in the middle of what is in it. */
export function grouped<Thing>(
  things: Iterable<Thing>,
  square: number,
  at: (thing: Thing) => Point,
): Group<Thing>[] {
  const found = new Map<string, Group<Thing>>();
  for (const thing of things) {
    const { lon, lat } = at(thing);
    const key = `${Math.floor(lon / square)} ${Math.floor(lat / square)}`;
    const group = found.get(key);
    if (group === undefined) {
      found.set(key, { lon, lat, things: [thing] });
      continue;
    }
    group.things.push(thing);
    const share = 1 / group.things.length;
    group.lon += (lon - group.lon) * share;
    group.lat += (lat - group.lat) * share;
  }
  return [...found.values()];
}
