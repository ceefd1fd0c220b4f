import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { coloursIn, contrastOf, PAIRS } from './contrast';

const COLOURS = coloursIn(readFileSync(new URL('./tokens.css', import.meta.url), 'utf8'));

test('black on white is 21 to 1', () => {
  const colours = coloursIn('--a: light-dark(#000000, #ffffff); --b: light-dark(#ffffff, #ffffff);');
  const pair = { over: 'a', under: 'b', least: 1 };
  expect(contrastOf(colours, pair)).toEqual({ light: 21, dark: 1 });
});

test('every text and mark stands out on what it stands on, by day and by night', () => {
  const short = PAIRS.flatMap((pair) => {
    const contrast = contrastOf(COLOURS, pair);
    if (contrast === null) return [`${pair.over} on ${pair.under} is not there`];
    return (['light', 'dark'] as const)
      .filter((shade) => contrast[shade] < pair.least)
      .map((shade) => `${pair.over} on ${pair.under}, ${shade}: ${contrast[shade].toFixed(2)}`);
  });
  expect(short).toEqual([]);
});
