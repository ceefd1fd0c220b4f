import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/**
 * One filter of a list, kept in the address: so it can be linked to, kept by name and gone back to.
 * What is not one of its values counts as the usual one, which the address does not name.
 */
export function useFilter<Value extends string>(
  name: string,
  usual: Value,
  isValue: (text: string) => text is Value,
): [Value, (next: Value) => void] {
  const [asked, setAsked] = useSearchParams();
  const text = asked.get(name) ?? usual;
  const value = isValue(text) ? text : usual;
  const set = useCallback(
    (next: Value) => {
      setAsked(
        (before) => {
          const after = new URLSearchParams(before);
          if (next === usual) after.delete(name);
          else after.set(name, next);
          return after;
        },
        { replace: true },
      );
    },
    [name, usual, setAsked],
  );
  return [value, set];
}

/** A function that takes filters of a list away, all at once: one after the other, each would forget the one before. */
export function useClearFilters(names: readonly string[]): () => void {
  const [, setAsked] = useSearchParams();
  return () =>
    setAsked(
      (before) => new URLSearchParams([...before].filter(([name]) => !names.includes(name))),
      { replace: true },
    );
}

/** Whether a text is one of some values. */
export function isOneOf<Value extends string>(values: readonly Value[]) {
  return (text: string): text is Value => values.some((value) => value === text);
}
