import { expect, test } from 'vitest';

import { coverOf, shown, shownApart } from './figures';
import type { Study } from '../../api/postures';

test.each([
  ['p90_s', 312.4, false, '5:12'],
  ['p90_s', -34.2, true, '−0:34'],
  ['p90_s', 0.3, true, '0:00'],
  ['p50_s', 61, true, '+1:01'],
  ['late_share', 0.1234, false, '12.3 %'],
  ['late_share', -0.0002, true, '0.0 %'],
  ['busy_share', null, false, '–'],
] as const)('%s %s is written as %s', (figure, value, signed, text) => {
  expect(shown(figure, value, signed)).toBe(text);
});

test('a difference of counts bears its sign', () => {
  expect([-2, 0, 3].map(shownApart)).toEqual(['−2', '0', '+3']);
});

test('the cover of both postures stands beside its difference', () => {
  const study = { within_s: [60], a: { covered: [0.5] }, b: { covered: [0.625] } };
  expect(coverOf(study as unknown as Study)).toEqual([
    { within_s: 60, a: '50.0 %', b: '62.5 %', apart: '+12.5 %' },
  ]);
});
