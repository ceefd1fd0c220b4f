import { expect, test } from 'vitest';

import { periodOf, spanOf } from './periods';

const NOW = Date.parse('2026-03-10T08:20:00Z');

test('a period ends with this hour and is as long as its name', () => {
  expect(periodOf('week', NOW)).toEqual({
    since: '2026-03-03T09:00:00.000Z',
    until: '2026-03-10T09:00:00.000Z',
  });
  expect(spanOf(periodOf('year', NOW))).toBe('year');
  expect(spanOf({ since: '2026-03-01T00:00:00Z', until: '2026-03-04T00:00:00Z' })).toBeNull();
});
