import { expect, test } from 'vitest';

import { Problem } from '../../api/problem';
import { BLANK, bodyOf, placeOf, refusalOf, shapeOf, withoutCorner, withPlace, type Draft } from './draft';

const spot = (lon: number, lat: number) => ({ lon, lat, name: '' });
const CIRCLE: Draft = { ...BLANK, spot: spot(24.94, 60.17), reason: ' Burst main ' };
const CORNERS = [spot(24.941, 60.1708), spot(24.943, 60.1708), spot(24.943, 60.1716)];
const AREA: Draft = { ...BLANK, form: 'area', corners: CORNERS, reason: 'Market' };

test('a circle is sent with its radius, at once and until somebody ends it', () => {
  expect(bodyOf(CIRCLE)).toEqual({ reason: 'Burst main', lon: 24.94, lat: 60.17, radius_m: 50 });
});

test('times are sent as moments', () => {
  const body = bodyOf({ ...CIRCLE, from: '2026-11-24T08:00', until: '2026-11-24T18:30' });
  expect(body?.from_at).toBe(new Date('2026-11-24T08:00').toISOString());
  expect(body?.until_at).toBe(new Date('2026-11-24T18:30').toISOString());
});

test('an area is sent as a closed ring, without the circle that was begun', () => {
  const body = bodyOf({ ...AREA, spot: CIRCLE.spot });
  const ring = [[24.941, 60.1708], [24.943, 60.1708], [24.943, 60.1716], [24.941, 60.1708]];
  expect(body).toEqual({ reason: 'Market', polygon: { type: 'Polygon', coordinates: [ring] } });
});

test.each([
  ['no reason', { ...CIRCLE, reason: '  ' }],
  ['no place', { ...CIRCLE, spot: null }],
  ['no radius', { ...CIRCLE, radius: ' ' }],
  ['words for a radius', { ...CIRCLE, radius: 'far' }],
  ['two corners', { ...AREA, corners: CORNERS.slice(0, 2) }],
])('nothing is sent with %s', (_, draft) => {
  expect(bodyOf(draft)).toBeNull();
});

test('what is begun is drawn: a circle at once, an area from its second corner', () => {
  expect(shapeOf(CIRCLE)).toEqual({ lon: 24.94, lat: 60.17, radius_m: 50, polygon: null });
  expect(shapeOf(BLANK)).toBeNull();
  expect(shapeOf({ ...AREA, corners: CORNERS.slice(0, 1) })).toBeNull();
  expect(shapeOf({ ...AREA, corners: CORNERS.slice(0, 2) })?.radius_m).toBeNull();
});

test('a place is the middle of a circle, and one more corner of an area', () => {
  const there = spot(25, 60);
  expect(withPlace(CIRCLE, there).spot).toBe(there);
  expect(placeOf(withPlace(CIRCLE, there))).toBe(there);
  expect(placeOf(withPlace(AREA, there))).toBe(there);
  expect(withPlace(AREA, there).corners).toEqual([...CORNERS, there]);
  expect(withoutCorner(AREA, 1).corners).toEqual([CORNERS[0], CORNERS[2]]);
});

test.each([
  ['radius_m', CIRCLE, 'radius'],
  ['lon,lat', CIRCLE, 'place'],
  ['lon,lat', AREA, 'corners'],
  ['polygon', AREA, 'corners'],
  ['until_at', CIRCLE, 'until'],
  ['body', CIRCLE, undefined],
] as const)('a refusal of %s is told at the right box', (field, draft, box) => {
  const problem = new Problem({ field, detail: `${field}: must be otherwise` }, 422);
  expect(refusalOf(problem, draft)?.field).toBe(box);
});

test('a box says the rule alone, in either language', () => {
  const textOf = (detail: string) => refusalOf(new Problem({ field: 'lon,lat', detail }, 422), CIRCLE)?.text;
  expect(textOf('lon,lat: must lie within: here')).toBe('must lie within: here');
  expect(textOf('lon,lat：须位于辖区内')).toBe('须位于辖区内');
  expect(refusalOf(null, CIRCLE)).toBeNull();
});
