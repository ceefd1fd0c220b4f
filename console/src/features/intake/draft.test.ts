import { expect, test } from 'vitest';

import type { Kind } from '../../api/types';
import { EMPTY, missingIn, reportOf, type Draft } from './draft';

const KIND = { code: 'FIRE_STRUCTURE', priority: 1 } as Kind;
const FULL: Draft = {
  ...EMPTY,
  text: ' 三楼着火 ',
  spot: { lon: 24.94, lat: 60.17, name: 'Mannerheimintie 5' },
};

test('what is missing is named in the order of the form', () => {
  expect(missingIn(EMPTY, undefined)).toEqual(['text', 'spot', 'kind']);
  expect(missingIn(FULL, KIND)).toEqual([]);
});

test('nothing is sent while something is missing', () => {
  expect(reportOf(EMPTY, KIND, null)).toBeNull();
  expect(reportOf(FULL, undefined, null)).toBeNull();
});

test('the priority is that of the kind unless it was chosen', () => {
  expect(reportOf(FULL, KIND, null)?.priority).toBe(1);
  expect(reportOf({ ...FULL, priority: 3 }, KIND, null)?.priority).toBe(3);
});

test('a contact goes along only with a telephone, a link only when it was chosen', () => {
  const plain = reportOf({ ...FULL, callerName: 'A' }, KIND, null);
  expect(plain).not.toHaveProperty('contact');
  expect(plain).not.toHaveProperty('attach_to');
  const linked = reportOf({ ...FULL, telephone: '040 123' }, KIND, 'i1');
  expect(linked?.contact).toEqual({ telephone: '040 123', name: '' });
  expect(linked?.attach_to).toBe('i1');
});
