import { expect, test } from 'vitest';

import zh from '../../i18n/zh-CN.json';
import { fitting } from './fitting';
import { initialsOf } from './initials';

test.each([
  [zh.place.cases, 'aj'],
  [zh.place.incidents, 'jq'],
  [zh.place.joint_tasks, 'csbd'],
  [zh.place.audit, 'sjrz'],
  [zh.place.map, 'dt'],
  ['阿', 'a'],
  ['座A', 'za'],
])('the initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

const SCREENS = [
  { names: ['Joint tasks', '吹哨报到'] },
  { names: ['Cases', '案件'] },
  { names: ['Sealed cases', '封存案件'] },
];

test.each([
  ['cas', ['Cases', 'Sealed cases']],
  ['案件', ['Cases', 'Sealed cases']],
  ['csbd', ['Joint tasks']],
  ['jointt', ['Joint tasks']],
  ['task', ['Joint tasks']],
  ['nobody', []],
  ['', ['Joint tasks', 'Cases', 'Sealed cases']],
])('%s finds the screens that fit, the best first', (typed, names) => {
  expect(fitting(SCREENS, typed).map((one) => one.names[0])).toEqual(names);
});
