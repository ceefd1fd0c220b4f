import { expect, test } from 'vitest';

import type { RankedUnit, Recommendation } from '../../api/types';
import { departs, suggestedOf } from './recommended';

const RANKING = {
  units: [
    { unit_id: 'near', suggested: true },
    { unit_id: 'next', suggested: false },
    { unit_id: 'ladder', suggested: true },
  ] as RankedUnit[],
} as Recommendation;

test('the suggested units are proposed', () => {
  expect(suggestedOf(RANKING)).toEqual(['near', 'ladder']);
});

test('leaving out a suggested unit departs; adding one does not', () => {
  expect(departs(RANKING, new Set(['near', 'next']))).toBe(true);
  expect(departs(RANKING, new Set(['near', 'next', 'ladder']))).toBe(false);
  expect(departs(RANKING, new Set())).toBe(false);
});
