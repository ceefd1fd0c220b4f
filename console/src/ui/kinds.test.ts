import { expect, test } from 'vitest';

import { findKinds } from './kinds';

const KINDS = [
  kind('FIRE_STRUCTURE', '建筑火灾', 'Building fire', 1, ['着火', '浓烟'], ['house fire', 'flames']),
  kind('FIRE_VEHICLE', '车辆火灾', 'Vehicle fire', 1, ['车着火'], ['car fire']),
  kind('CARDIAC', '心脏骤停', 'Cardiac arrest', 1, ['没有呼吸'], ['not breathing']),
  kind('LAMP', '路灯不亮', 'Street lamp out', 4, ['路灯'], ['lamp']),
];

function kind(
  code: string,
  name_zh: string,
  name_en: string,
  priority: number,
  keywords_zh: string[],
  keywords_en: string[],
) {
  return { code, name_zh, name_en, priority, keywords_zh, keywords_en };
}

test('typing narrows the kinds, names before keywords', () => {
  const codes = (typed: string) => findKinds(typed, KINDS).map(({ code }) => code);
  expect(codes('火灾')).toEqual(['FIRE_STRUCTURE', 'FIRE_VEHICLE']);
  expect(codes('car')).toEqual(['CARDIAC', 'FIRE_VEHICLE']);
  expect(codes('')).toHaveLength(4);
  expect(codes('xyz')).toEqual([]);
});
