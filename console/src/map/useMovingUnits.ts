import { useEffect, useRef, useState } from 'react';

import { followUnits } from '../api/live';
import type { Unit } from '../api/types';
import { unitFeatures } from './features';
import { Motion } from './motion';
import { setOverlay } from './overlays';
import type { ReadyMap } from './useLibreMap';

/** Units are drawn at most this often while they move. */
const LEAST_GAP_MS = 66;
/** On a slow machine moving units take at most one frame in this many; the rest stays responsive. */
const FRAMES_A_DRAWING = 4;
/** With reduced motion units jump, this often. */
const CALM_GAP_MS = 1_000;

/** Keep the units on the map where they are, gliding from one reported position to the next. */
export function useMovingUnits(ready: ReadyMap | null, units: readonly Unit[]): void {
  const [motion] = useState(() => new Motion());

  useEffect(
    () => followUnits(({ unit_id, lon, lat }) => motion.report(unit_id, { lon, lat }, performance.now())),
    [motion],
  );

  const shown = useRef({ units, isStale: true });
  useEffect(() => {
    for (const { id, lon, lat } of units) {
      if (lon !== null && lat !== null) motion.place(id, { lon, lat });
    }
    shown.current = { units, isStale: true };
  }, [units, motion]);

  useEffect(() => {
    if (ready === null) return;
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    shown.current.isStale = true;
    let drawn_ms = -Infinity;
    let last_ms = performance.now();
    let gap_ms = 0;
    let frame = 0;
    const draw = (now_ms: number): void => {
      frame = requestAnimationFrame(draw);
      const slow_ms = FRAMES_A_DRAWING * (now_ms - last_ms);
      gap_ms = Math.max(calm ? CALM_GAP_MS : LEAST_GAP_MS, slow_ms, gap_ms * 0.9);
      last_ms = now_ms;
      if (now_ms - drawn_ms < gap_ms) return;
      if (!shown.current.isStale && !motion.isMoving(drawn_ms)) return;
      shown.current.isStale = false;
      drawn_ms = now_ms;
      setOverlay(ready.map, 'units', unitFeatures(shown.current.units, motion, now_ms));
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [ready, motion]);
}
