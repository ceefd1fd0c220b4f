import { expect, test } from 'vitest';

import { Motion } from './motion';

test('a unit glides to its new position in the time between its reports', () => {
  const motion = new Motion();
  motion.report('u', { lon: 24, lat: 60 }, 0);
  motion.report('u', { lon: 24.01, lat: 60 }, 2_000);
  expect(motion.at('u', 2_000)).toEqual({ lon: 24, lat: 60 });
  expect(motion.at('u', 3_000)?.lon).toBeCloseTo(24.005, 9);
  expect(motion.at('u', 4_000)).toEqual({ lon: 24.01, lat: 60 });
  expect(motion.at('u', 9_000)).toEqual({ lon: 24.01, lat: 60 });
});

test('a report in the middle of a glide starts from where the unit is shown', () => {
  const motion = new Motion();
  motion.report('u', { lon: 24, lat: 60 }, 0);
  motion.report('u', { lon: 24.01, lat: 60 }, 2_000);
  motion.report('u', { lon: 24.01, lat: 60.01 }, 3_000);
  expect(motion.at('u', 3_000)?.lon).toBeCloseTo(24.005, 9);
});

test('a jump across the city is not driven through', () => {
  const motion = new Motion();
  motion.report('u', { lon: 24, lat: 60 }, 0);
  motion.report('u', { lon: 25, lat: 60 }, 1_000);
  expect(motion.at('u', 1_001)).toEqual({ lon: 25, lat: 60 });
});

test('nothing moves once every glide has ended', () => {
  const motion = new Motion();
  motion.report('u', { lon: 24, lat: 60 }, 0);
  expect(motion.isMoving(500)).toBe(true);
  expect(motion.isMoving(1_000)).toBe(false);
});

test('a known position is not overwritten by a list read later', () => {
  const motion = new Motion();
  motion.report('u', { lon: 24, lat: 60 }, 0);
  motion.place('u', { lon: 20, lat: 50 });
  expect(motion.at('u', 5_000)).toEqual({ lon: 24, lat: 60 });
});
