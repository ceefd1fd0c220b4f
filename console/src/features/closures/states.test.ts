import { expect, test } from 'vitest';

import { endsSoon, inOrder, stateOf } from './states';

const NOW_MS = Date.parse('2026-11-23T08:30:00Z');
const at = (hours: number): string => new Date(NOW_MS + hours * 3600_000).toISOString();
const closure = (from: number, until: number | null) => ({
  from_at: at(from),
  until_at: until === null ? null : at(until),
});

test.each([
  [-1, null, 'closed'],
  [0, 1, 'closed'],
  [-2, 0, 'over'],
  [1, null, 'coming'],
] as const)('from %s hours until %s it is %s', (from, until, state) => {
  expect(stateOf(closure(from, until), NOW_MS)).toBe(state);
});

test('what ends by itself within twelve hours ends soon', () => {
  expect([11, 12, 13, null].map((until) => endsSoon(closure(-1, until), NOW_MS))).toEqual([true, true, false, false]);
});

test('the first to end stands first, then what comes; what is over is not listed', () => {
  const named = Object.entries({
    forever: closure(-3, null),
    later: closure(5, 9),
    tomorrow: closure(-1, 20),
    over: closure(-5, -1),
    sooner: closure(2, null),
    today: closure(-1, 2),
    always: closure(-9, null),
  }).map(([name, times]) => ({ name, ...times }));
  const shown = inOrder(named, NOW_MS).map(({ name }) => name);
  expect(shown).toEqual(['today', 'tomorrow', 'forever', 'always', 'sooner', 'later']);
});
