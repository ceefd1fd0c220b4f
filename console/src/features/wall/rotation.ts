/** The wall turns to the next module by itself, unless somebody looks closer or stopped it. */
import { useCallback, useEffect, useState } from 'react';

/** How long a module stays: what it shows is read aloud in less. */
export const STAY_MS = 20_000;
/** A pointer left lying on the wall holds it no longer than this after it last moved. */
export const HELD_MS = 60_000;

const STILL = '(prefers-reduced-motion: reduce)';

interface Rotation {
  place: number;
  turning: boolean;
  show: (place: number) => void;
  toggle: () => void;
  /** Somebody points at the wall or types: it stays until they have gone. */
  hold: () => void;
}

export function useRotation(count: number): Rotation {
  const [place, setPlace] = useState(0);
  const [turning, setTurning] = useState(() => !window.matchMedia(STILL).matches);
  const [heldAt, setHeldAt] = useState(-HELD_MS);
  useEffect(() => {
    if (!turning) return undefined;
    const timer = setInterval(() => {
      if (performance.now() - heldAt >= HELD_MS) setPlace((before) => (before + 1) % count);
    }, STAY_MS);
    return () => clearInterval(timer);
  }, [turning, heldAt, count]);
  const hold = useCallback(() => setHeldAt(performance.now()), []);
  const show = useCallback(
    (next: number) => {
      setPlace((next + count) % count);
      hold();
    },
    [count, hold],
  );
  const toggle = useCallback(() => {
    setTurning((before) => !before);
    setHeldAt(-HELD_MS);
  }, []);
  return { place, turning, show, toggle, hold };
}
