import { expect, test } from 'vitest';

import { withAssignment, withIncident, withPositions, withRow } from './notices';
import { SequenceGate } from './stream';
import type { Assignment, IncidentRow, Unit } from './types';

const UNIT: Unit = {
  id: 'u1',
  call_sign: 'A1',
  kind: 'AMBULANCE',
  capabilities: [],
  organisation_id: 'o1',
  duty: 'ON_DUTY',
  duty_reason: '',
  duty_since_at: null,
  shift_ends_at: null,
  position_age_s: 0,
  position_stale: false,
  position_stale_after_s: 120,
  lon: 24.94,
  lat: 60.17,
  positioned_at: '2026-03-01T08:00:00Z',
  station_lon: 24.9,
  station_lat: 60.1,
  assignment: null,
  status: 'AVAILABLE',
};

const ASSIGNMENT = {
  id: 'a1',
  incident_id: 'i1',
  incident_number: 'I1',
  unit_id: 'u1',
  call_sign: 'A1',
  state: 'EN_ROUTE',
} as Assignment;

function incident(id: string, state: IncidentRow['state']): IncidentRow {
  return { id, state } as IncidentRow;
}

test('a new row comes first and a known one keeps its place', () => {
  const rows = [{ id: 'a' }, { id: 'b' }];
  expect(withRow(rows, { id: 'c' }).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  expect(withRow(rows, { id: 'b' }).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('an incident that is no longer open leaves the open list', () => {
  const open = [incident('i1', 'OPEN'), incident('i2', 'OPEN')];
  expect(withIncident(open, incident('i1', 'CLOSED'))).toEqual([open[1]]);
  expect(withIncident(open, incident('i3', 'OPEN')).length).toBe(3);
});

test('an assignment changes the status of its unit only', () => {
  const other = { ...UNIT, id: 'u2' };
  const [first, second] = withAssignment([UNIT, other], ASSIGNMENT);
  expect(first?.status).toBe('EN_ROUTE');
  expect(first?.assignment?.incident_number).toBe('I1');
  expect(second).toBe(other);
});

test('an ended assignment frees its unit but not one that already has the next', () => {
  const busy = withAssignment([UNIT], ASSIGNMENT);
  const ended: Assignment = { ...ASSIGNMENT, state: 'CLEARED' };
  expect(withAssignment(busy, ended)[0]?.status).toBe('AVAILABLE');
  const next = withAssignment(busy, { ...ASSIGNMENT, id: 'a2' });
  expect(withAssignment(next, ended)[0]?.assignment?.id).toBe('a2');
});

test('an older position never replaces a newer one', () => {
  const moved = (at: string) => new Map([['u1', { unit_id: 'u1', lon: 25, lat: 60, at }]]);
  expect(withPositions([UNIT], moved('2026-03-01T08:00:05Z'))[0]?.lon).toBe(25);
  expect(withPositions([UNIT], moved('2026-03-01T07:59:59Z'))[0]?.lon).toBe(24.94);
});

test('a notice that was already seen is dropped', () => {
  const gate = new SequenceGate();
  expect([5, 6, 6, 4, 7].map((sequence) => gate.isNew(sequence))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});
