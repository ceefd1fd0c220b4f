/** Where letters are typed a key is a letter. */
const TYPED_INTO = 'input, textarea, select, [contenteditable="true"], [role="textbox"]';

export function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED_INTO) !== null;
}
