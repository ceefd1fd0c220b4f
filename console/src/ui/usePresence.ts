import { useState, type FocusEvent } from 'react';

/**
 * Whether somebody is at a part of the screen: with the pointer, or with the keys. Who pressed
 * there and went away with the mouse is gone, though the focus stays behind.
 */
export function usePresence() {
  const [hasPointer, setHasPointer] = useState(false);
  const [hasKeys, setHasKeys] = useState(false);
  return {
    isPresent: hasPointer || hasKeys,
    presence: {
      onPointerEnter: () => setHasPointer(true),
      onPointerLeave: () => setHasPointer(false),
      onFocus: ({ target }: FocusEvent) => setHasKeys(target.matches(':focus-visible')),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) setHasKeys(false);
      },
    },
  };
}
