import { useEffect, useState } from 'react';

import { followUnits } from '../api/live';
import type { Unit } from '../api/types';
import { unitFeatures } from './features';
import { Motion } from './motion';
import { setOverlay } from './overlays';
import type { ReadyMap } from './useLibreMap';

/** Units are drawn at most this often while they move. */
const FRAME_MS = 66;

/** Keep the units on the map where they are, gliding from one reported position to the next. */
export function useMovingUnits(ready: ReadyMap | null, units: readonly Unit[]): void {
  const [motion] = useState(() => new Motion());

  useEffect(
    () => followUnits(({ unit_id, lon, lat }) => motion.report(unit_id, { lon, lat }, performance.now())),
    [motion],
  );

  useEffect(() => {
    if (ready === null) return;
    for (const { id, lon, lat } of units) {
      if (lon !== null && lat !== null) motion.place(id, { lon, lat });
    }
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    let drawn_ms = -Infinity;
    let frame = 0;
    const draw = (now_ms: number): void => {
      frame = requestAnimationFrame(draw);
      if (now_ms - drawn_ms < (still ? FRAME_MS * 15 : FRAME_MS)) return;
      if (drawn_ms >= 0 && !motion.isMoving(drawn_ms)) return;
      drawn_ms = now_ms;
      setOverlay(ready.map, 'units', unitFeatures(units, motion, now_ms));
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [ready, units, motion]);
}
