import { describe, expect, it } from 'vitest';

import { funnelOf, type Entrant } from './funnel';

const entrant = (more: Partial<Entrant>): Entrant => ({
  key: 'a',
  name: 'A',
  standing: 'as is usual',
  isFlagged: false,
  isOwn: false,
  weight: 400,
  share: 0.8,
  limits: [0.6, 0.7, 0.9, 1],
  ...more,
});

describe('a funnel', () => {
  it('places who is compared between its limits, the better share higher up', () => {
    const { points, usualY } = funnelOf([entrant({})], 0.8);
    const [point] = points;
    expect(point?.y).toBeCloseTo(usualY);
    expect(point?.outer[0]).toBeGreaterThan(point?.inner[0] ?? 0);
    expect(point?.inner[1]).toBeLessThan(point?.y ?? 0);
    expect(point?.x).toBe(100);
  });

  it('puts who tells a quarter as much half as far to the right', () => {
    const { points } = funnelOf([entrant({}), entrant({ weight: 100 })], 0.8);
    const [far, near] = points.map(({ x }) => x);
    expect(near).toBeCloseTo((far ?? 0) / 2);
  });

  it('names no share that cannot be', () => {
    const { ticks } = funnelOf([entrant({ limits: [0, 0.7, 0.9, 1] })], 0.8);
    expect(ticks[0]?.share).toBe(0);
    expect(ticks.at(-1)?.share).toBe(1);
  });
});
