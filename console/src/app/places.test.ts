import { expect, test } from 'vitest';

import { groupsOf, isAt, placesOf, startOf } from './places';

const ROLES = ['CALL_TAKER', 'DISPATCHER', 'SUPERVISOR', 'CREW', 'STREET_DESK', 'DEPARTMENT_DESK', 'GRID_OFFICER', 'ADMINISTRATOR', 'AGENCY_DESK', 'GATEWAY'];

test.each(ROLES)('the menu of %s has each of its screens once, under what is done there', (role) => {
  const grouped = groupsOf(role).flatMap(({ places }) => places.map(({ name }) => name));
  expect(grouped.toSorted()).toEqual(placesOf(role).map(({ name }) => name).toSorted());
  expect(startOf(role)).toBe(placesOf(role)[0]?.path);
});

test('an address belongs to one screen alone', () => {
  const of = (address: string) =>
    placesOf('SUPERVISOR').filter((place) => isAt(place, address)).map(({ name }) => name);
  expect(of('/incidents/7/review')).toEqual(['incidents']);
  expect(of('/plan')).toEqual(['incidents']);
  expect(of('/units-of-others')).toEqual([]);
});
