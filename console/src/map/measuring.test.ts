import { expect, test } from 'vitest';

import { area_m2, distance_m, length_m, roundLength_m } from './measuring';

const here = { lon: 24.94, lat: 60.17 };

test('a degree northward is a 360th of the way around the earth', () => {
  const north = { lon: 24.94, lat: 61.17 };
  expect(distance_m(here, north)).toBeCloseTo((2 * Math.PI * 6_371_008.8) / 360, 3);
  expect(length_m([here, north, here])).toBeCloseTo(2 * distance_m(here, north), 6);
  expect(length_m([here])).toBe(0);
});

test('a small square is as large as its sides say, whichever way round', () => {
  const square = [
    { lon: 0, lat: 0 },
    { lon: 0.01, lat: 0 },
    { lon: 0.01, lat: 0.01 },
    { lon: 0, lat: 0.01 },
  ];
  const side = distance_m({ lon: 0, lat: 0 }, { lon: 0.01, lat: 0 });
  expect(area_m2(square) / side ** 2).toBeCloseTo(1, 6);
  expect(area_m2(square.toReversed())).toBeCloseTo(area_m2(square), 3);
  expect(area_m2(square.slice(0, 2))).toBe(0);
});

test('a scale is a round length that fits', () => {
  expect([999, 1_000, 2_400, 5_100, 70].map(roundLength_m)).toEqual([500, 1_000, 2_000, 5_000, 50]);
});
