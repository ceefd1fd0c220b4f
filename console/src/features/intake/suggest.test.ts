import { expect, test } from 'vitest';

import { findKinds, suggestKind } from './suggest';

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

test('the longer word wins over the shorter that it holds', () => {
  expect(suggestKind('路边一辆车着火了', KINDS)).toBe('FIRE_VEHICLE');
  expect(suggestKind('三楼着火，浓烟', KINDS)).toBe('FIRE_STRUCTURE');
});

test('English words count whole and in any case', () => {
  expect(suggestKind('Man NOT breathing at the stop', KINDS)).toBe('CARDIAC');
  expect(suggestKind('a clamp is broken', KINDS)).toBeNull();
});

test('of equals the most urgent is proposed', () => {
  const kinds = [kind('B', '乙', 'b', 3, ['漏水'], []), kind('A', '甲', 'a', 1, ['冒烟'], [])];
  expect(suggestKind('漏水冒烟', kinds)).toBe('A');
});

test('nothing known proposes nothing', () => {
  expect(suggestKind('喂？', KINDS)).toBeNull();
});

test('typing narrows the kinds, names before keywords', () => {
  const codes = (typed: string) => findKinds(typed, KINDS).map(({ code }) => code);
  expect(codes('火灾')).toEqual(['FIRE_STRUCTURE', 'FIRE_VEHICLE']);
  expect(codes('car')).toEqual(['CARDIAC', 'FIRE_VEHICLE']);
  expect(codes('')).toHaveLength(4);
  expect(codes('xyz')).toEqual([]);
});
