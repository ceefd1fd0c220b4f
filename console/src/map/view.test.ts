import { expect, test } from 'vitest';

import { holds, steadyBox } from './view';

test('a box that moves a little is read within the same box', () => {
  const steady = steadyBox({ west: 24.9352, south: 60.1642, east: 24.9534, north: 60.1791 });
  const moved = steadyBox({ west: 24.9353, south: 60.1643, east: 24.9535, north: 60.1792 });
  expect(moved).toEqual(steady);
  expect(holds(steady, 24.9352, 60.1642)).toBe(true);
  expect(holds(steady, 24.9534, 60.1791)).toBe(true);
});

test('a box of the whole earth stays on it', () => {
  const earth = { west: -180, south: -90, east: 180, north: 90 };
  expect(steadyBox(earth)).toEqual(earth);
});
