import { expect, test } from 'vitest';

import type { RankedUnit, Recommendation } from '../../api/types';
import { bestOf, departs } from './recommended';

function ranking(...units: [string, string[]][]): Recommendation {
  return {
    units: units.map(([unit_id, capabilities]) => ({ unit_id, capabilities }) as RankedUnit),
  } as Recommendation;
}

const RANKING = ranking(
  ['near', ['FIRE_ENGINE']],
  ['next', ['FIRE_ENGINE']],
  ['far', ['LADDER', 'RESCUE']],
);

test('the nearest units that together bring all that is needed are proposed', () => {
  expect(bestOf(RANKING, ['FIRE_ENGINE', 'LADDER'])).toEqual(['near', 'far']);
  expect(bestOf(RANKING, ['FIRE_ENGINE'])).toEqual(['near']);
});

test('without stated needs the nearest unit is proposed', () => {
  expect(bestOf(RANKING, [])).toEqual(['near']);
  expect(bestOf(ranking(), ['FIRE_ENGINE'])).toEqual([]);
});

test('leaving out a proposed unit departs; adding one does not', () => {
  expect(departs(RANKING, ['FIRE_ENGINE'], new Set(['next']))).toBe(true);
  expect(departs(RANKING, ['FIRE_ENGINE'], new Set(['near', 'next']))).toBe(false);
  expect(departs(RANKING, ['FIRE_ENGINE'], new Set())).toBe(false);
});
