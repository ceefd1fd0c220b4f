import { expect, test } from 'vitest';

import { typedAhead } from './typing';

const press = (text: string, key: string, more: Partial<KeyboardEvent> = {}): string =>
  typedAhead(text, { key, ctrlKey: false, metaKey: false, altKey: false, ...more } as KeyboardEvent);

test('letters typed ahead are kept, one taken back, and keys that are no letters leave them', () => {
  expect(['e', 'n', 'x', 'Backspace', 'Shift', 'Enter', ' '].reduce((text, key) => press(text, key), '')).toBe('en ');
  expect(press('en', 'k', { ctrlKey: true })).toBe('en');
  expect(press('en', 'Escape')).toBe('');
});
