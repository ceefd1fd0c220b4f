import type { Map as LibreMap } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';

import { followUnits } from '../api/live';
import { serverNow } from '../api/serverClock';
import { useDots } from './useDots';
import { NOTHING, unitFeatures, unitGroups, type MapUnit } from './features';
import { squareDegrees } from './groups';
import { Motion, type Point } from './motion';
import { setOverlay } from './overlays';
import type { ReadyMap } from './readyMap';
import { GROUPED_BELOW_ZOOM, holds, viewOf } from './view';

/** Units are drawn at most this often while they move. */
const LEAST_GAP_MS = 66;
/** On a slow machine moving units take at most one frame in this many; the rest stays responsive. */
const FRAMES_A_DRAWING = 4;
/** With reduced motion units jump, this often. */
const CALM_GAP_MS = 1_000;
/** Positions grow old while nothing moves: units are drawn anew this often at least. */
const AGEING_MS = 5_000;
/** More than so many in sight are dots: signs with names would hide each other, and the street. */
export const SIGNS_LIMIT = 600;
/** How often it is looked whether there are so many. */
const COUNTED_EVERY_MS = 1_000;
/** Nothing has moved in it: a replay shows units where it says. */
const STILL = new Motion();

const NO_UNITS: readonly MapUnit[] = [];

type Way = 'signs' | 'dots' | 'groups';

/** How units are told: by their number from far away, as dots where there are very many. */
function wayOf(map: LibreMap, units: readonly MapUnit[], motion: Motion, now_ms: number): Way {
  const { box, zoom } = viewOf(map);
  if (zoom < GROUPED_BELOW_ZOOM) return 'groups';
  if (units.length <= SIGNS_LIMIT) return 'signs';
  let inSight = 0;
  for (const unit of units) {
    const at = motion.at(unit.id, now_ms);
    if (holds(box, at?.lon ?? unit.station_lon, at?.lat ?? unit.station_lat)) inSight += 1;
  }
  return inSight > SIGNS_LIMIT ? 'dots' : 'signs';
}

function inSight(map: LibreMap, units: readonly MapUnit[], motion: Motion, now_ms: number) {
  if (units.length <= SIGNS_LIMIT) return units;
  const { box } = viewOf(map);
  return units.filter((unit) => {
    const at = motion.at(unit.id, now_ms);
    return holds(box, at?.lon ?? unit.station_lon, at?.lat ?? unit.station_lat);
  });
}

/**
 * Keep the units on the map where they are, gliding from one reported position to the next. With
 * `still` they stand where `units` says, and what is reported meanwhile is not theirs. Returns how to
 * find the dot at a point.
 */
export function useMovingUnits(
  ready: ReadyMap | null,
  units: readonly MapUnit[],
  still: boolean,
  chosenId: string | null,
): (point: Point) => string | null {
  const [own] = useState(() => new Motion());
  const motion = still ? STILL : own;
  const [way, setWay] = useState<Way>('signs');
  const shown = useRef({ units, chosenId, isStale: true });

  useEffect(() => {
    for (const { id, lon, lat } of units) {
      if (!still && lon !== null && lat !== null) motion.place(id, { lon, lat });
    }
    shown.current = { units, chosenId, isStale: true };
  }, [units, motion, still, chosenId]);
  useDots(ready, way === 'dots' ? units : NO_UNITS, motion);

  useEffect(() => {
    if (still) return undefined;
    return followUnits(({ unit_id, lon, lat }) =>
      motion.report(unit_id, { lon, lat }, performance.now()),
    );
  }, [motion, still]);

  useEffect(() => {
    if (ready === null) return undefined;
    const { map } = ready;
    const look = (): void => {
      shown.current.isStale = true;
      setWay(wayOf(map, shown.current.units, motion, performance.now()));
    };
    look();
    map.on('moveend', look);
    const timer = setInterval(look, COUNTED_EVERY_MS);
    return () => {
      map.off('moveend', look);
      clearInterval(timer);
    };
  }, [ready, motion]);

  useEffect(() => {
    if (ready === null) return undefined;
    const { map } = ready;
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    shown.current.isStale = true;
    setOverlay(map, 'unit-groups', NOTHING);
    let drawn_ms = -Infinity;
    let last_ms = performance.now();
    let gap_ms = 0;
    let frame = 0;
    const draw = (now_ms: number): void => {
      frame = requestAnimationFrame(draw);
      const slow_ms = FRAMES_A_DRAWING * (now_ms - last_ms);
      const least_ms = calm || way === 'groups' ? CALM_GAP_MS : LEAST_GAP_MS;
      gap_ms = Math.max(least_ms, slow_ms, gap_ms * 0.9);
      last_ms = now_ms;
      if (now_ms - drawn_ms < gap_ms) return;
      const aged = now_ms - drawn_ms > AGEING_MS;
      if (!shown.current.isStale && !aged && !motion.isMoving(drawn_ms)) return;
      shown.current.isStale = false;
      drawn_ms = now_ms;
      drawUnits(map, way, shown.current, motion, now_ms);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [ready, motion, way]);

  // Signs are picked by the map itself; dots lie over it.
  return (point) =>
    ready !== null && way === 'dots' ? unitAt(ready.map, units, motion, point) : null;
}

/** A click this near to a dot means it. */
const DOT_REACH_PX = 8;
const TILE_PX = 512;
const CIRCLE_DEGREES = 360;

/** The unit nearest to a point, if any is so near that it is meant. */
function unitAt(
  map: LibreMap,
  units: readonly MapUnit[],
  motion: Motion,
  { lon, lat }: Point,
): string | null {
  const wide = Math.cos((lat * Math.PI) / 180);
  let least = (DOT_REACH_PX * wide * CIRCLE_DEGREES) / (TILE_PX * 2 ** map.getZoom());
  let nearest: string | null = null;
  for (const unit of units) {
    const at = motion.at(unit.id, performance.now());
    const east = (at?.lon ?? unit.station_lon) - lon;
    const away = Math.hypot(east * wide, (at?.lat ?? unit.station_lat) - lat);
    if (away > least) continue;
    least = away;
    nearest = unit.id;
  }
  return nearest;
}

interface Shown {
  units: readonly MapUnit[];
  chosenId: string | null;
}

/** Signs of those in sight; among dots that of the chosen one alone; from far away, how many. */
function drawUnits(map: LibreMap, way: Way, { units, chosenId }: Shown, motion: Motion, now_ms: number) {
  if (way === 'groups') {
    const square = squareDegrees(map.getZoom());
    setOverlay(map, 'unit-groups', unitGroups(units, motion, now_ms, square));
    setOverlay(map, 'units', NOTHING);
    return;
  }
  const signed =
    way === 'signs' ? inSight(map, units, motion, now_ms) : units.filter(({ id }) => id === chosenId);
  setOverlay(map, 'units', unitFeatures(signed, motion, now_ms, serverNow()));
}
