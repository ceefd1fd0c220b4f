import { expect, test } from 'vitest';

import { boxAround, ringOf } from './closedShape';

test('a circle reaches as far to the north as to the east, in metres', () => {
  const { west, south, east, north } = boxAround({ lon: 24.942, lat: 60, radius_m: 111.195, polygon: null });
  expect(north - south).toBeCloseTo(0.002, 9);
  expect(east - west).toBeCloseTo(0.004, 9); // a degree is half as wide at 60° north
  expect((west + east) / 2).toBeCloseTo(24.942, 9);
});

test('the ring of a circle is closed', () => {
  const ring = ringOf({ lon: 24.942, lat: 60, radius_m: 60, polygon: null });
  expect(ring.at(-1)?.[0]).toBeCloseTo(ring[0]?.[0] ?? NaN, 12);
  expect(ring.at(-1)?.[1]).toBeCloseTo(ring[0]?.[1] ?? NaN, 12);
});

test('an area has the box of its corners', () => {
  const corners = [[24.941, 60.1708], [24.943, 60.1708], [24.943, 60.1716], [24.941, 60.1708]];
  const shape = { lon: 24.9425, lat: 60.171, radius_m: null, polygon: { type: 'Polygon', coordinates: [corners] } };
  expect(boxAround(shape)).toEqual({ west: 24.941, south: 60.1708, east: 24.943, north: 60.1716 });
});
