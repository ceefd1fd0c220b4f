import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { orderIn } from './layerOrder';

it('finds the order of the layers in the tokens', () => {
  const tokens = readFileSync(new URL('../src/ui/tokens.css', import.meta.url), 'utf8');
  expect(orderIn(tokens)).toBe('@layer tokens, base, parts, screens;');
});

it('does without no order', () => {
  expect(() => orderIn('@layer tokens {\n}\n')).toThrow('order of the layers');
});
