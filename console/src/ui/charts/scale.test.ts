import { describe, expect, it } from 'vitest';

import { ticksOf, written, writtenTick } from './scale';

describe('the ticks of an axis', () => {
  it('are round, and nothing stands above the last', () => {
    expect(ticksOf(37, 'count')).toEqual([0, 10, 20, 30, 40]);
    expect(ticksOf(3, 'count')).toEqual([0, 1, 2, 3]);
    expect(ticksOf(1_050, 'count')).toEqual([0, 500, 1_000, 1_500]);
  });

  it('count time in minutes and hours', () => {
    expect(ticksOf(245, 'seconds').map((one) => writtenTick(one, 'seconds'))).toEqual([
      '0:00', '2:00', '4:00', '6:00',
    ]);
    expect(ticksOf(5 * 3_600, 'seconds')).toEqual([0, 7_200, 14_400, 21_600]);
  });

  it('end a share at the whole', () => {
    expect(ticksOf(1, 'share').map((one) => writtenTick(one, 'share'))).toEqual([
      '0 %', '25 %', '50 %', '75 %', '100 %',
    ]);
  });

  it('have a first step where all is nothing', () => {
    expect(ticksOf(0, 'count')).toEqual([0, 1]);
  });
});

describe('a value beside a chart', () => {
  it('is a dash where nothing was measured, and nothing where nothing came', () => {
    expect(written(null, 'seconds')).toBe('–');
    expect(written(0, 'count')).toBe('0');
    expect(written(0.914, 'share')).toBe('91.4 %');
  });
});
