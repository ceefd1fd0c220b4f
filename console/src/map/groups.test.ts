import { expect, test } from 'vitest';

import { grouped, squareDegrees } from './groups';

const at = ([lon, lat]: readonly [number, number]) => ({ lon, lat });

test('what stands in one square is one group with all of it, in the middle', () => {
  const groups = grouped([[0.1, 0.1], [0.3, 0.3], [1.5, 0.1]] as [number, number][], 1, at);
  expect(groups.map(({ things }) => things.length)).toEqual([2, 1]);
  expect(groups[0]?.lon).toBeCloseTo(0.2, 12);
  expect(groups[0]?.lat).toBeCloseTo(0.2, 12);
});

test('nothing is lost or counted twice', () => {
  const things = Array.from({ length: 500 }, (_, row): [number, number] => [row / 7, -row / 11]);
  const groups = grouped(things, squareDegrees(9), at);
  expect(groups.reduce((sum, group) => sum + group.things.length, 0)).toBe(500);
});

test('squares halve with every zoom', () => {
  expect(squareDegrees(10) / squareDegrees(11)).toBe(2);
});
