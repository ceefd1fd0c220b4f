import { expect, it } from 'vitest';

import { fitted } from './shrink';

it('brings the longest side of a photo down to what the server keeps', () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 });
  expect(fitted(3000, 4000)).toEqual({ width: 1200, height: 1600 });
});

it('leaves a small photo as it is', () => {
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
});
