import { describe, expect, it } from 'vitest';

import type { EvaluationFigure } from '../../api/evaluation';
import { comparedOf } from './compared';

const figure = (more: Partial<EvaluationFigure>): EvaluationFigure => ({
  organisation_id: 'a',
  name_zh: '甲',
  name_en: 'A',
  measure: 'IN_TIME',
  standing: 'USUAL',
  is_hidden: false,
  cases: 100,
  hits: 80,
  compared: 100,
  rate: 0.8,
  expected: 80,
  adjusted: 0.8,
  weight: 400,
  low: 0.7,
  high: 0.9,
  outer_low: 0.6,
  outer_high: 1,
  ...more,
});

describe('who is compared', () => {
  it('stands between its limits, flagged where it is beyond what chance does', () => {
    const [usual, worse] = comparedOf([figure({}), figure({ standing: 'WORSE' })], 'a', (one) => one);
    expect(usual?.limits).toEqual([0.6, 0.7, 0.9, 1]);
    expect([usual?.isFlagged, worse?.isFlagged, usual?.isOwn]).toEqual([false, true, true]);
  });

  it('is nobody who has too few cases or is hidden', () => {
    const none = { adjusted: null, weight: null };
    expect(comparedOf([figure({ ...none, is_hidden: true })], null, String)).toEqual([]);
    expect(comparedOf([figure({ low: null })], null, String)).toEqual([]);
  });
});
