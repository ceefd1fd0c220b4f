/** Where letters are typed a key is a letter. */
const TYPED_INTO = 'input, textarea, select, [contenteditable="true"], [role="textbox"]';

export function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED_INTO) !== null;
}

/** What is typed after one more key, where nothing on the screen takes the letters yet. */
export function typedAhead(text: string, { key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (key === 'Escape') return '';
  if (key === 'Backspace') return text.slice(0, -1);
  return key.length === 1 && !ctrlKey && !metaKey && !altKey ? text + key : text;
}
