import { expect, test } from 'vitest';

import type { IncidentPhase, IncidentRow } from '../../api/types';
import { byUrgency, inGroup, matches } from './urgency';

function row(id: string, priority: number, phase: IncidentPhase, minute: number): IncidentRow {
  const received_at = `2026-03-01T08:${String(minute).padStart(2, '0')}:00Z`;
  return { id, number: `I-${id}`, priority, phase, received_at, place_text: 'Mannerheimintie 5' } as IncidentRow;
}

test('priority first, then those without a unit, then the longest wait', () => {
  const rows = [
    row('late', 2, 'WAITING', 9),
    row('early', 2, 'WAITING', 1),
    row('moving', 2, 'EN_ROUTE', 0),
    row('fire', 1, 'ON_SCENE', 30),
  ];
  expect(rows.sort(byUrgency).map(({ id }) => id)).toEqual(['fire', 'early', 'late', 'moving']);
});

test('every open phase belongs to one group besides all', () => {
  expect(inGroup(row('a', 1, 'ASSIGNED', 0), 'moving')).toBe(true);
  expect(inGroup(row('a', 1, 'REPORTED', 0), 'on_scene')).toBe(true);
  expect(inGroup(row('a', 1, 'WAITING', 0), 'moving')).toBe(false);
  expect(inGroup(row('a', 1, 'WAITING', 0), 'all')).toBe(true);
});

test('all typed words must stand somewhere', () => {
  const one = row('7K3F', 1, 'WAITING', 0);
  expect(matches(one, '建筑火灾', 'manner 火灾')).toBe(true);
  expect(matches(one, '建筑火灾', 'manner 救护')).toBe(false);
});
