import { expect, test } from 'vitest';

import { faultsOf } from './messages.mjs';

const SOURCE = "t('a.one'); t(`state.${name}`); t('n', { count })";
const WHOLE = { a: { one: 'x' }, state: { on: 'y', off: 'z' }, n_one: '{{count}} a', n_other: '{{count}} b' };

const { n_one: _one, ...ONE_FORM } = WHOLE;

test('a whole set has no fault', () => {
  expect(faultsOf({ zh: ONE_FORM, en: WHOLE }, [SOURCE])).toEqual({ missing: [], unused: [] });
});

test('a message that one language lacks is named', () => {
  const { a: _a, ...rest } = WHOLE;
  expect(faultsOf({ zh: rest, en: WHOLE }, [SOURCE])).toEqual({
    missing: ['zh: a.one is missing'],
    unused: [],
  });
});

test('an empty message and other slots are named', () => {
  const zh = { ...ONE_FORM, a: { one: ' ' }, n_other: '{{number}} b' };
  expect(faultsOf({ zh, en: WHOLE }, [SOURCE])).toEqual({
    missing: ['zh: a.one is empty', 'zh: n has other slots'],
    unused: [],
  });
});

test('a message that nothing uses and a use without a message are named', () => {
  const tree = { ...WHOLE, b: 'unused' };
  expect(faultsOf({ zh: tree, en: tree }, [`${SOURCE}; t('c')`])).toEqual({
    missing: ['c has no message'],
    unused: ['b is never used'],
  });
});
