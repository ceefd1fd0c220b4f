import { expect, it } from 'vitest';

import { writeMoment } from './moment';

const NOW_MS = new Date(2026, 10, 23, 10, 30).getTime();
const written = (...parts: [number, number, number, number, number, number]): string =>
  writeMoment(new Date(...parts), NOW_MS, 'en');

it('tells what has happened to the second', () => {
  expect(written(2026, 10, 23, 10, 30, 20)).toBe('10:30:20');
  expect(written(2026, 10, 22, 23, 5, 7)).toBe('23:05:07');
  expect(written(2026, 10, 20, 8, 5, 7)).toBe('Nov 20, 08:05:07');
});

it('tells what is to come to the minute', () => {
  expect(written(2026, 10, 23, 18, 0, 0)).toBe('18:00');
  expect(written(2026, 10, 24, 9, 5, 0)).toBe('Nov 24, 09:05');
});

it('names the year of what is more than half a year away', () => {
  expect(written(2025, 10, 20, 8, 5, 7)).toBe('Nov 20, 2025, 08:05:07');
});
