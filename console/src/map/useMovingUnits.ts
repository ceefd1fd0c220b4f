import { useEffect, useRef, useState } from 'react';

import { followUnits } from '../api/live';
import { serverNow } from '../api/serverClock';
import { unitFeatures, type MapUnit } from './features';
import { Motion } from './motion';
import { setOverlay } from './overlays';
import type { ReadyMap } from './useLibreMap';

/** Units are drawn at most this often while they move. */
const LEAST_GAP_MS = 66;
/** On a slow machine moving units take at most one frame in this many; the rest stays responsive. */
const FRAMES_A_DRAWING = 4;
/** With reduced motion units jump, this often. */
const CALM_GAP_MS = 1_000;
/** Positions grow old while nothing moves: units are drawn anew this often at least. */
const AGEING_MS = 5_000;
/** Nothing has moved in it: a replay shows units where it says. */
const STILL = new Motion();

/**
 * Keep the units on the map where they are, gliding from one reported position to the next. With
 * `still` they stand where `units` says, and what is reported meanwhile is not theirs.
 */
export function useMovingUnits(
  ready: ReadyMap | null,
  units: readonly MapUnit[],
  still: boolean,
): void {
  const [own] = useState(() => new Motion());
  const motion = still ? STILL : own;

  useEffect(() => {
    if (still) return undefined;
    return followUnits(({ unit_id, lon, lat }) =>
      motion.report(unit_id, { lon, lat }, performance.now()),
    );
  }, [motion, still]);

  const shown = useRef({ units, isStale: true });
  useEffect(() => {
    for (const { id, lon, lat } of units) {
      if (!still && lon !== null && lat !== null) motion.place(id, { lon, lat });
    }
    shown.current = { units, isStale: true };
  }, [units, motion, still]);

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
      const aged = now_ms - drawn_ms > AGEING_MS;
      if (!shown.current.isStale && !aged && !motion.isMoving(drawn_ms)) return;
      shown.current.isStale = false;
      drawn_ms = now_ms;
      setOverlay(ready.map, 'units', unitFeatures(shown.current.units, motion, now_ms, serverNow()));
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [ready, motion]);
}
