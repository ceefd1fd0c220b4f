import { useEffect, useRef } from 'react';

import { useIsNight } from '../ui/theme';
import type { MapUnit } from './features';
import type { Motion } from './motion';
import type { Dots } from './dots';
import type { ReadyMap } from './readyMap';
import { signColours } from './symbols';

const CHANNEL_MOST = 255;

/** `rgb(1, 2, 3)` as shares. */
function shares(colour: string): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/gu) ?? []).map(Number);
  return [red / CHANNEL_MOST, green / CHANNEL_MOST, blue / CHANNEL_MOST];
}

/** Keep these units on the map as dots; none of them costs nothing. */
export function useDots(ready: ReadyMap | null, units: readonly MapUnit[], motion: Motion): void {
  const night = useIsNight();
  const wanted = units.length > 0;
  const dots = useRef<Dots | null>(null);
  const rows = useRef(units);
  const map = ready?.map;
  const epoch = ready?.epoch;

  useEffect(() => {
    rows.current = units;
    dots.current?.set(dotsOf(units, motion));
  }, [units, motion]);

  useEffect(() => {
    if (!wanted || map === undefined) return undefined;
    let frame = 0;
    let made: Dots | null = null;
    let isGone = false;
    // What draws very many comes with the first map that has them.
    void import('./dots').then((part) => {
      if (isGone) return;
      const { status, edge } = signColours();
      const colours = part.DOT_STATUSES.map((name) => shares(status[name].fill));
      made = new part.Dots(map, [...colours, shares(edge)]);
      made.set(dotsOf(rows.current, motion));
      dots.current = made;
      const draw = (now_ms: number): void => {
        frame = requestAnimationFrame(draw);
        if (motion.isMoving(now_ms)) made?.draw(now_ms);
      };
      frame = requestAnimationFrame(draw);
      map.triggerRepaint();
    });
    const forget = motion.follow((id, glide) => made?.move(id, glide));
    return () => {
      isGone = true;
      cancelAnimationFrame(frame);
      forget();
      dots.current = null;
      made?.remove();
    };
  }, [map, epoch, wanted, motion, night]);
}

const LOOKS = new Map<string, number>(
  ['AVAILABLE', 'ASSIGNED', 'EN_ROUTE', 'ON_SCENE', 'OFF_DUTY', 'OUT_OF_SERVICE'].map(
    (status, look) => [status, look],
  ),
);

function dotsOf(units: readonly MapUnit[], motion: Motion) {
  return units.map(({ id, status, station_lon, station_lat }) => {
    const station = { lon: station_lon, lat: station_lat };
    const glide = motion.glide(id) ?? { from: station, to: station, start_ms: 0, length_ms: 0 };
    return { id, glide, look: LOOKS.get(status) ?? 0 };
  });
}
