import { describe, expect, it } from 'vitest';

import type { EvaluationFigure } from '../../api/evaluation';
import { funnelOf, PLOT } from './funnel';

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

describe('a funnel', () => {
  it('places an organisation between its limits, the better share higher up', () => {
    const { points, usualY } = funnelOf([figure({})], 0.8);
    const [point] = points;
    expect(point?.y).toBeCloseTo(usualY);
    expect(point?.outer[0]).toBeGreaterThan(point?.inner[0] ?? 0);
    expect(point?.inner[1]).toBeLessThan(point?.y ?? 0);
    expect(point?.x).toBe(PLOT.width - PLOT.right);
  });

  it('puts who tells a quarter as much half as far to the right', () => {
    const { points } = funnelOf([figure({}), figure({ weight: 100 })], 0.8);
    const [far, near] = points.map(({ x }) => x - PLOT.left);
    expect(near).toBeCloseTo((far ?? 0) / 2);
  });

  it('leaves out who is not compared or hidden', () => {
    const none = { adjusted: null, weight: null };
    expect(funnelOf([figure({ ...none, is_hidden: true })], 0.8).points).toEqual([]);
    expect(funnelOf([figure({ low: null })], 0.8).points).toEqual([]);
  });

  it('names no share that cannot be', () => {
    const { ticks } = funnelOf([figure({ outer_low: 0, outer_high: 1 })], 0.8);
    expect(ticks[0]?.share).toBe(0);
    expect(ticks.at(-1)?.share).toBe(1);
  });
});
