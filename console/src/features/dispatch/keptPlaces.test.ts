import { expect, test } from 'vitest';

import type { IncidentRow } from '../../api/types';
import { keepPlaces, mostUrgent, takeIn, waits } from './keptPlaces';

const row = (id: string, priority: number, phase = 'WAITING'): IncidentRow =>
  ({ id, priority, phase }) as IncidentRow;
const ids = (rows: readonly IncidentRow[]): string => rows.map(({ id }) => id).join('');

const [a, b, c] = [row('a', 2), row('b', 3), row('c', 3)];
const taken = takeIn([a, b, c]);

test('what was taken in waits for nothing', () => {
  expect(waits(taken)).toBe(false);
  expect(mostUrgent(taken)).toBe(null);
  expect(waits(keepPlaces(taken, [a, b, c], [a, b, c]))).toBe(false);
});

test('what is new has no place yet, and its urgency is told', () => {
  const fire = row('f', 1);
  const ordered = [fire, a, b, row('g', 3), c];
  const kept = keepPlaces(taken, ordered, ordered);
  expect(ids(kept.rows)).toBe('abc');
  expect(ids(kept.added)).toBe('fg');
  expect(kept.isReordered).toBe(false);
  expect(mostUrgent(kept)).toBe(1);
  expect(ids(takeIn(ordered).rows)).toBe('fabgc');
});

test('what left stands where it stood, as it was seen last', () => {
  const sent = row('b', 3, 'ASSIGNED');
  const seen = keepPlaces(taken, [a, sent, c], [a, sent, c]);
  const kept = keepPlaces(seen, [a, c], [a, c]);
  expect(ids(kept.rows)).toBe('abc');
  expect(kept.rows[1]?.phase).toBe('ASSIGNED');
  expect([...kept.gone]).toEqual(['b']);
  expect(waits(kept)).toBe(true);
  expect(mostUrgent(kept)).toBe(null);
});

test('what leaves its group only is shown as it is now', () => {
  const sent = row('a', 2, 'EN_ROUTE');
  const kept = keepPlaces(taken, [b, c], [sent, b, c]);
  expect(kept.rows[0]?.phase).toBe('EN_ROUTE');
  expect([...kept.gone]).toEqual(['a']);
});

test('what became more urgent keeps its place and is told, until it is where it belongs', () => {
  const raised = row('c', 1);
  const kept = keepPlaces(taken, [raised, a, b], [a, b, raised]);
  expect(ids(kept.rows)).toBe('abc');
  expect(kept.rows[2]?.priority).toBe(1);
  expect(ids(kept.raised)).toBe('c');
  expect(mostUrgent(kept)).toBe(1);
  const first = keepPlaces(taken, [row('a', 1), b, c], [row('a', 1), b, c]);
  expect(waits(first)).toBe(false);
  expect(ids(first.raised)).toBe('');
});

test('what became less urgent is another order, and nobody is told of an urgency', () => {
  const lowered = row('a', 4);
  const kept = keepPlaces(taken, [b, c, lowered], [lowered, b, c]);
  expect(ids(kept.rows)).toBe('abc');
  expect(kept.isReordered).toBe(true);
  expect(mostUrgent(kept)).toBe(null);
});

test('what comes back before it was taken out stands where it stood', () => {
  const kept = keepPlaces(keepPlaces(taken, [a, c], [a, c]), [a, b, c], [a, b, c]);
  expect(waits(kept)).toBe(false);
});
