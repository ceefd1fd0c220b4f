import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';

import { keys } from './keys';
import { applyNotice } from './live';
import type { UnitMoved } from './notices';
import type { Assignment, IncidentRow, Unit } from './types';

const UNIT = { id: 'u1', duty: 'ON_DUTY', status: 'AVAILABLE', assignment: null } as Unit;

function open(id: string): IncidentRow {
  return { id, state: 'OPEN' } as IncidentRow;
}

function isStale(cache: QueryClient, queryKey: readonly string[]): boolean | undefined {
  return cache.getQueryState(queryKey)?.isInvalidated;
}

test('a received incident joins the open ones and renews its own page', () => {
  const cache = new QueryClient();
  cache.setQueryData(keys.openIncidents, [open('i1')]);
  cache.setQueryData(keys.incident('i2'), {});
  applyNotice(cache, { topic: 'incident.received', body: open('i2') }, new Map());
  expect(cache.getQueryData<IncidentRow[]>(keys.openIncidents)?.map(({ id }) => id)).toEqual([
    'i2',
    'i1',
  ]);
  expect(isStale(cache, keys.incident('i2'))).toBe(true);
});

test('a list that was never read stays unread', () => {
  const cache = new QueryClient();
  applyNotice(cache, { topic: 'incident.received', body: open('i1') }, new Map());
  expect(cache.getQueryData(keys.openIncidents)).toBeUndefined();
});

test('an assignment shows on its unit and renews its incident', () => {
  const cache = new QueryClient();
  cache.setQueryData(keys.units, [UNIT]);
  cache.setQueryData(keys.incident('i1'), {});
  const body = { id: 'a1', incident_id: 'i1', unit_id: 'u1', state: 'ON_SCENE' } as Assignment;
  applyNotice(cache, { topic: 'assignment.changed', body }, new Map());
  expect(cache.getQueryData<Unit[]>(keys.units)?.[0]?.status).toBe('ON_SCENE');
  expect(isStale(cache, keys.incident('i1'))).toBe(true);
});

test('positions are gathered, the newest of each unit, and change no list by themselves', () => {
  const cache = new QueryClient();
  cache.setQueryData(keys.units, [UNIT]);
  const moved = new Map<string, UnitMoved>();
  for (const lon of [24, 25]) {
    const units = [{ unit_id: 'u1', lon, lat: 60, at: '2026-03-01T08:00:00Z' }];
    applyNotice(cache, { topic: 'units.moved', body: { units } }, moved);
  }
  expect([...moved.values()].map(({ lon }) => lon)).toEqual([25]);
  expect(cache.getQueryData(keys.units)).toEqual([UNIT]);
});

test('a changed case renews the lists and its own page', () => {
  const cache = new QueryClient();
  cache.setQueryData([...keys.cases, 'FILED'], {});
  cache.setQueryData(keys.case('c1'), {});
  applyNotice(cache, { topic: 'case.changed', body: { id: 'c1' } }, new Map());
  expect(isStale(cache, [...keys.cases, 'FILED'])).toBe(true);
  expect(isStale(cache, keys.case('c1'))).toBe(true);
});

test('a closure renews what is closed, and how far units reach', () => {
  const cache = new QueryClient();
  cache.setQueryData(keys.closures, []);
  cache.setQueryData([...keys.coverage, 'AMBULANCE'], {});
  applyNotice(cache, { topic: 'closure.changed', body: { state: 'ENDED' } }, new Map());
  expect(isStale(cache, keys.closures)).toBe(true);
  expect(isStale(cache, [...keys.coverage, 'AMBULANCE'])).toBe(true);
});
