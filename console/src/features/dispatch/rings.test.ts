import { expect, test } from 'vitest';

import type { RankedUnit } from '../../api/types';
import { unitsOfRing } from './rings';

const RINGS = [300, 600, null].map((within_s, level) => ({ level, within_s, name_zh: '', name_en: '' }));
const units = (...seconds: number[]): RankedUnit[] =>
  seconds.map((travel_s) => ({ travel_s }) as RankedUnit);
const offered = (level: number, ...seconds: number[]): number[] =>
  unitsOfRing(units(...seconds), RINGS, level).map(({ travel_s }) => travel_s);

test('each level offers the units of its own ring', () => {
  expect(offered(0, 100, 300, 301, 600, 900)).toEqual([100, 300]);
  expect(offered(1, 100, 300, 301, 600, 900)).toEqual([301, 600]);
  expect(offered(2, 100, 301, 900)).toEqual([900]);
});

test('with nobody in the ring the nearer ones that are free are offered', () => {
  expect(offered(1, 100, 200)).toEqual([100, 200]);
  expect(offered(1, 900)).toEqual([]);
});
