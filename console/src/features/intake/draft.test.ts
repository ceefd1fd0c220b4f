import { expect, test } from 'vitest';

import type { Kind, Reading } from '../../api/types';
import { EMPTY, lineOf, missingIn, reportOf, suggestedSpot, toldBy, type Draft } from './draft';

const FIRE = { code: 'FIRE_STRUCTURE', priority: 1 } as Kind;
const BIRTH = { code: 'MEDICAL_BIRTH', priority: 1 } as Kind;
const KINDS = [FIRE, BIRTH];
const SPOT = { lon: 24.94, lat: 60.17, name: 'Mannerheimintie 5' };
const FULL: Draft = { ...EMPTY, text: ' 三楼着火 ', spot: SPOT };
const READ = {
  kind: { code: 'FIRE_STRUCTURE', words: [] },
  places: [
    { name: 'Liisankadu', lon: 1, lat: 2, confidence: 'UNSURE' },
    { name: 'Liisankatu', lon: 24.95, lat: 60.17, confidence: 'LIKELY' },
  ],
  questions: [
    { code: 'INSIDE', given: 'YES', heard: true },
    { code: 'FLOOR', given: null, heard: false },
  ],
} as unknown as Reading;

test('what is missing is named in the order of the form; words may follow later', () => {
  expect(missingIn(toldBy(EMPTY, undefined, KINDS))).toEqual(['spot', 'kind']);
  expect(missingIn(toldBy({ ...EMPTY, spot: SPOT, kind: 'MEDICAL_BIRTH' }, undefined, KINDS))).toEqual([]);
});

test('nothing is sent while something is missing', () => {
  expect(reportOf(EMPTY, toldBy(EMPTY, READ, []), null, null)).toBeNull();
});

test('what the words say is told until the hand chooses otherwise', () => {
  const read = toldBy(EMPTY, READ, KINDS);
  expect(read.kind).toBe(FIRE);
  expect(read.spot?.name).toBe('Liisankatu');
  expect(read.answers).toEqual([{ question: 'INSIDE', answer: 'YES' }]);
  const chosen = toldBy({ ...FULL, kind: 'MEDICAL_BIRTH' }, READ, KINDS);
  expect(chosen.kind).toBe(BIRTH);
  expect(chosen.spot).toBe(SPOT);
});

test('a guessed place is never taken by itself', () => {
  const guessed = { ...READ, places: READ.places.slice(0, 1) };
  expect(suggestedSpot(guessed)).toBeNull();
});

test('the urgency goes along only when it was chosen by hand', () => {
  const told = toldBy(FULL, READ, KINDS);
  expect(reportOf(FULL, told, null, null)).not.toHaveProperty('priority');
  expect(reportOf({ ...FULL, priority: 3 }, told, null, null)?.priority).toBe(3);
});

test('a call on the line gives the times, else the first word does', () => {
  const draft = { ...FULL, answeredAt: '2026-03-02T08:00:00Z' };
  const told = toldBy(draft, READ, KINDS);
  expect(reportOf(draft, told, 'c1', null)).toMatchObject({ call_id: 'c1' });
  expect(reportOf(draft, told, 'c1', null)).not.toHaveProperty('answered_at');
  expect(reportOf(draft, told, null, null)?.answered_at).toBe(draft.answeredAt);
});

test('a contact goes along only with a telephone, a link only when it was chosen', () => {
  const told = toldBy(FULL, READ, KINDS);
  const plain = reportOf({ ...FULL, callerName: 'A' }, told, null, null);
  expect(plain).not.toHaveProperty('contact');
  expect(plain).not.toHaveProperty('attach_to');
  const linked = reportOf({ ...FULL, telephone: '040 123' }, told, null, 'i1');
  expect(linked?.contact).toEqual({ telephone: '040 123', name: '' });
  expect(linked?.attach_to).toBe('i1');
});

test('a line is asked about with what was chosen, and cut at what the server reads', () => {
  const line = lineOf({ ...EMPTY, text: 'x'.repeat(3_000), kind: 'A', answers: { FLOOR: 4 } });
  expect(line.text).toHaveLength(2_000);
  expect(line.answers).toEqual([{ question: 'FLOOR', answer: 4 }]);
});
