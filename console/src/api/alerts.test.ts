import { expect, test } from 'vitest';

import { alertOf } from './alerts';

const BODY = { subject_id: 'i1', kind: 'THEFT', number: 'I-1', priority: 2 };

test('a clock over its limit is an alert with its clock and unit', () => {
  const body = { ...BODY, clock: 'arrival', unit: 'P01', due_at: '2026-03-01T08:00:00Z' };
  expect(alertOf({ topic: 'clock.breached', body }, 4)).toEqual({
    id: 4,
    kind: 'breached',
    incidentId: 'i1',
    incidentKind: 'THEFT',
    number: 'I-1',
    priority: 2,
    clock: 'arrival',
    unit: 'P01',
    ring: null,
  });
});

test('a next ring is an alert with its name', () => {
  const body = { ...BODY, level: 1, name_zh: '扩大一圈', name_en: 'Next ring' };
  const alert = alertOf({ topic: 'incident.escalated', body }, 1);
  expect([alert?.kind, alert?.ring?.name_en]).toEqual(['escalated', 'Next ring']);
});

test('what only changes is no alert', () => {
  expect(alertOf({ topic: 'incident.changed', body: BODY }, 1)).toBeNull();
});
