import { afterEach, expect, it } from 'vitest';

import { allowPurposes, purposeHere, seenFor, usualPurpose } from './purpose';

afterEach(() => allowPurposes([]));

it('is the usual one where a screen has none of its own', () => {
  allowPurposes(['DISPATCH', 'CALLS', 'REVIEW']);
  expect(usualPurpose()).toBe('DISPATCH');
  expect(purposeHere('/console/incidents/1')).toBe('DISPATCH');
  expect(purposeHere('/console/callers')).toBe('DISPATCH');
});

it('is that of the screen', () => {
  allowPurposes(['DISPATCH', 'CALLS', 'REVIEW']);
  expect(purposeHere('/console/call')).toBe('CALLS');
  expect(purposeHere('/console/replay/2026-11-01')).toBe('REVIEW');
});

it('is never one that the role may not state', () => {
  allowPurposes(['DISPATCH']);
  expect(purposeHere('/console/evaluation')).toBe('DISPATCH');
});

it('stands in the address of a picture', () => {
  expect(seenFor('/api/v1/photos/1', '')).toBe('/api/v1/photos/1');
  expect(seenFor('/api/v1/photos/1', 'CASEWORK')).toBe('/api/v1/photos/1?seen_for=CASEWORK');
});
