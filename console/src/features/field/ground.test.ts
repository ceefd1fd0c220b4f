import { describe, expect, it } from 'vitest';

import { cellAt, metresBetween } from './ground';

const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const cell = (area: number, ...rings: number[][][]) => ({
  area,
  name_zh: '',
  name_en: '',
  polygon: { type: 'Polygon', coordinates: rings },
});
const CELLS = [cell(1, square(24, 60, 1), square(24.4, 60.4, 0.2)), cell(2, square(25, 60, 1))];

describe('the cell at a point', () => {
  it.each([
    [24.1, 60.1, 1],
    [25.5, 60.5, 2],
    [24.5, 60.5, undefined],
    [26.5, 60.5, undefined],
    [24.5, 59.9, undefined],
  ])('at %f, %f is %s', (lon, lat, area) => {
    expect(cellAt(CELLS, { lon, lat })?.area).toBe(area);
  });

  it('is none where there are no cells', () => {
    expect(cellAt([], { lon: 24.1, lat: 60.1 })).toBeUndefined();
  });
});

describe('metres between points', () => {
  it('of one degree north are 111 km, and half as many east at 60 degrees', () => {
    expect(metresBetween({ lon: 24, lat: 60 }, { lon: 24, lat: 61 })).toBeCloseTo(111_320, 0);
    expect(metresBetween({ lon: 24, lat: 60 }, { lon: 25, lat: 60 })).toBeCloseTo(55_660, 0);
  });
});
