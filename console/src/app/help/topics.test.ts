import { expect, test } from 'vitest';

import { PLACE_PATHS } from '../places';
import { pageOf } from './pages';
import { GENERAL, helpAt, TOPICS } from './topics';

test('every page and section that helps is there, in both languages', async () => {
  const refs = [...TOPICS.map(([, topic]) => topic), GENERAL].flatMap((one) => [...one.en, ...one['zh-CN']]);
  for (const ref of new Set(refs)) expect(await pageOf(ref), ref).not.toHaveLength(0);
});

test('every screen has help of its own', () => {
  for (const path of PLACE_PATHS) expect(helpAt(path, 'en'), path).not.toBe(GENERAL.en);
});

test('the longer address comes before the shorter', () => {
  expect(helpAt('/incidents/1/review', 'en')).toEqual(['officer/looking_back']);
  expect(helpAt('/incidents/1', 'zh-CN')[0]).toBe('zh_CN/screens#警情页面');
  expect(helpAt('/incidents', 'zh-CN')[0]).toBe('zh_CN/screens#警情队列');
  expect(helpAt('/gallery', 'en')).toEqual(['officer/screens']);
});
