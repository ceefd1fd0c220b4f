import { describe, expect, it } from 'vitest';

import { between, reachOf, squareOf } from './blurring';

describe('blurring', () => {
  it('leaves squares that are coarse in every picture', () => {
    expect(squareOf(1600, 1200)).toBe(50);
    expect(squareOf(40, 30)).toBe(12);
  });

  it('reaches a finger wide', () => {
    expect(reachOf(1600, 1200)).toBe(80);
  });

  it('leaves nothing readable between two touches', () => {
    const dabs = between({ x: 0, y: 0 }, { x: 100, y: 0 }, 40);
    expect(dabs.map(({ x }) => Math.round(x))).toEqual([33, 67, 100]);
    expect(between({ x: 5, y: 5 }, { x: 5, y: 5 }, 40)).toEqual([{ x: 5, y: 5 }]);
  });
});
