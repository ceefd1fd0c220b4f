import { expect, test } from 'vitest';

import { newsSince } from './news';

const ENTRIES = ['c', 'b', 'a'].map((mark) => ({ mark, html: mark }));

test('what is newer than the last told is new, and all is where that is gone', () => {
  expect(newsSince(ENTRIES, 'a').map(({ mark }) => mark)).toEqual(['c', 'b']);
  expect(newsSince(ENTRIES, 'c')).toEqual([]);
  expect(newsSince(ENTRIES, 'gone')).toHaveLength(3);
});
