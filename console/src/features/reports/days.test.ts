import { expect, test } from 'vitest';

import { dayOf, stepped } from './days';

test('a moment lies in the day of the zone', () => {
  const evening = Date.parse('2026-11-23T22:30:00Z');
  expect(dayOf(evening, 'Europe/Helsinki')).toBe('2026-11-24');
  expect(dayOf(evening, 'UTC')).toBe('2026-11-23');
});

test('a period steps by days, weeks and months of any length', () => {
  expect(stepped('2026-03-01', 'day', -1)).toBe('2026-02-28');
  expect(stepped('2026-01-01', 'week', -1)).toBe('2025-12-25');
  expect(stepped('2026-03-31', 'month', -1)).toBe('2026-02-01');
  expect(stepped('2026-12-31', 'month', 1)).toBe('2027-01-01');
});
