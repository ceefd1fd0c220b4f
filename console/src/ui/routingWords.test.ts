import { describe, expect, it } from 'vitest';

import { clockText, minuteOf } from './routingWords';

describe('a time of the day', () => {
  it.each([
    ['08:00', 480],
    ['8:05', 485],
    ['24:00', 1440],
  ])('reads %s', (text, minute) => {
    expect(minuteOf(text)).toBe(minute);
  });

  it.each(['', '8', '08:60', '24:01', '99:00'])('refuses %s', (text) => {
    expect(minuteOf(text)).toBeNull();
  });

  it('shows what it reads', () => {
    expect(clockText(minuteOf('22:30') ?? 0)).toBe('22:30');
  });
});
