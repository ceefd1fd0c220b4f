import { createRoutesFromElements } from 'react-router';
import { expect, test } from 'vitest';

import { signedInRoutes } from '../src/app/signedInRoutes';
import { answerTo, DATA, FULL_ROWS, type Question } from './answers';
import { operationAt, reads } from './schema';
import { SCREENS } from './screens';

const ID = '00000000-0000-7000-8000-000000000003';

const ask = (address: string, more: Partial<Question> = {}) =>
  answerTo({ method: 'GET', address, language: 'en', data: 'small', role: 'SUPERVISOR', ...more });

test('every screen has a story', () => {
  const paths = createRoutesFromElements(signedInRoutes).map(({ path }) => path);
  expect(paths.filter((path) => path === undefined || !(path in SCREENS))).toEqual([]);
});

test.each(DATA)('every read of the API is answered with %s data', (data) => {
  for (const { path, operation } of reads()) {
    const { status } = ask(path.replace(/\{[^}]+\}/gu, ID), { data });
    const isNamed = operation.operationId === 'who_am_i';
    expect([path, status]).toEqual([path, data === 'failing' && !isNamed ? 500 : 200]);
  }
});

test('a full list goes on page after page until its last row', () => {
  let after = '';
  const seen = new Set<string>();
  do {
    const { body } = ask(`/api/v1/cases?limit=200${after}`, { data: 'full' });
    const { items, next } = body as { items: { id: string }[]; next: string | null };
    items.forEach(({ id }) => seen.add(id));
    after = next === null ? '' : `&after=${next}`;
  } while (after !== '');
  expect(seen.size).toBe(FULL_ROWS);
});

test('while the rest fails it is still known who is signed in', () => {
  expect(ask('/api/v1/cases', { data: 'failing' }).status).toBe(500);
  expect(ask('/api/v1/session', { data: 'failing' })).toMatchObject({ status: 200, body: { role: 'SUPERVISOR' } });
});

test('what came in on a day is open, linked, diverted or closed', () => {
  const { total } = ask('/api/v1/tallies').body as { total: Record<string, number> };
  const { open = 0, linked = 0, diverted = 0, closed = 0, received } = total;
  expect(open + linked + diverted + closed).toBe(received);
  const { items } = ask('/api/v1/incidents').body as { items: unknown[] };
  expect(items).toHaveLength(open);
});

test('a thing has the id that it was asked by, and a word stands before a name in an address', () => {
  expect(ask(`/api/v1/cases/${ID}`).body).toMatchObject({ id: ID });
  expect(operationAt('GET', '/api/v1/broken-glass/own')?.operation.operationId).toBe('list_own_broken_glass');
});
