import { expect, test } from 'vitest';

import { parseCoordinates, writeCoordinates } from './coordinates';

test('latitude and longitude are read with comma, Chinese comma or space', () => {
  const place = { lat: 60.1699, lon: 24.9384 };
  expect(parseCoordinates('60.1699, 24.9384')).toEqual(place);
  expect(parseCoordinates(' 60.1699，24.9384 ')).toEqual(place);
  expect(parseCoordinates('60.1699 24.9384')).toEqual(place);
});

test('an address or an impossible place is no coordinate', () => {
  expect(parseCoordinates('Mannerheimintie 5')).toBeNull();
  expect(parseCoordinates('91, 24')).toBeNull();
  expect(parseCoordinates('60, 181')).toBeNull();
});

test('what is written can be read again', () => {
  expect(parseCoordinates(writeCoordinates({ lon: -8.61, lat: 41.15 }))).toEqual({
    lon: -8.61,
    lat: 41.15,
  });
});
