import { describe, expect, it } from 'vitest';

import { addPage } from './routing';

const PAGE = {
  total: 3,
  looked_at: 2,
  elsewhere: 2,
  handled: 1,
  met_before: 1,
  met_after: 0,
  pairs: [{ before: 'A', after: 'B', count: 2, examples: [] }],
  next: 'last',
};

describe('a replay', () => {
  it('begins with its first page', () => {
    expect(addPage(null, PAGE)).toMatchObject({ looked_at: 2, isOver: false });
  });

  it('adds up its pages, and each pair of holders once', () => {
    const more = [
      { before: 'A', after: 'B', count: 1, examples: [] },
      { before: 'A', after: '@DESK', count: 4, examples: [] },
    ];
    const found = addPage(addPage(null, PAGE), { ...PAGE, looked_at: 1, pairs: more, next: null });
    expect(found).toMatchObject({ looked_at: 3, elsewhere: 4, handled: 2, isOver: true });
    expect(found.pairs.map(({ after, count }) => [after, count])).toEqual([
      ['B', 3],
      ['@DESK', 4],
    ]);
  });
});
