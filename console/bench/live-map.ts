/**
 * Very many units that all move, on the console's own map: as the console draws them, and beside it
 * as one source that is set anew with every frame. `benchmarks/live_map.py` opens it.
 */
import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as LibreMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'virtual:map-worker';

import type { City } from '../src/api/types';
import { DOT_STATUSES, Dots } from '../src/map/dots';
import { unitFeatures, type MapUnit } from '../src/map/features';
import '../src/map/map.css';
import { Motion } from '../src/map/motion';
import { addOverlays, setOverlay } from '../src/map/overlays';
import { DAY } from '../src/map/palette';
import { baseStyle } from '../src/map/style';
import { addSigns, signColours } from '../src/map/symbols';
import { wholeCity } from '../src/map/views';
import '../src/ui/tokens.css';

setWorkerUrl(workerUrl);

type Way = 'dots' | 'source';

/** What one way of drawing did: pictures with new positions a second, and the frames of the page. */
interface Measured {
  pictures_per_s: number;
  frames_per_s: number;
  gap_p95_ms: number;
}

const REPORTS_EVERY_MS = 1_000;
const STEP_DEGREES = 1e-4;
const SECOND_MS = 1_000;
const KIND = 'PATROL_CAR';

/** The same places every time: a linear congruence, no chance. */
function places(count: number, [west, south, east, north]: City['bounds']): MapUnit[] {
  let state = 42;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return Array.from({ length: count }, (_, row) => {
    const lon = west + (east - west) * next();
    const lat = south + (north - south) * next();
    return {
      id: `unit-${row}`,
      kind: KIND,
      call_sign: `P${row}`,
      status: DOT_STATUSES[row % DOT_STATUSES.length] ?? 'AVAILABLE',
      lon,
      lat,
      station_lon: lon,
      station_lat: lat,
      positioned_at: null,
      position_stale_after_s: 60,
    };
  });
}

async function drawnMap(city: City): Promise<LibreMap> {
  const map = new LibreMap({
    container: 'map',
    center: city.centre,
    style: baseStyle(city.pack, city.bounds, DAY, 'en'),
    attributionControl: false,
  });
  map.jumpTo(wholeCity(map, city));
  await map.once('load');
  addOverlays(map, DAY, 'en');
  addSigns(map, [KIND], signColours());
  await map.once('idle');
  return map;
}

/** Every unit reports once a second, spread over the frames. */
function driver(units: readonly MapUnit[], motion: Motion) {
  let due = 0;
  let last_ms = performance.now();
  return (now_ms: number): void => {
    due += ((now_ms - last_ms) / REPORTS_EVERY_MS) * units.length;
    last_ms = now_ms;
    for (let left = Math.min(Math.floor(due), units.length); left > 0; left -= 1, due -= 1) {
      const unit = units[Math.floor(due) % units.length];
      if (unit === undefined) continue;
      const turn = now_ms / SECOND_MS + Number(unit.id.slice(5));
      motion.report(
        unit.id,
        {
          lon: unit.station_lon + STEP_DEGREES * Math.cos(turn),
          lat: unit.station_lat + STEP_DEGREES * Math.sin(turn),
        },
        now_ms,
      );
    }
  };
}

function painter(way: Way, map: LibreMap, units: readonly MapUnit[], motion: Motion) {
  const pictures = { count: 0 };
  if (way === 'source') {
    map.on('sourcedata', ({ sourceId, sourceDataType }) => {
      if (sourceId === 'units' && sourceDataType === 'content') pictures.count += 1;
    });
    const draw = (now_ms: number): void =>
      setOverlay(map, 'units', unitFeatures(units, motion, now_ms, Date.now()));
    return { pictures, draw };
  }
  const colours = DOT_STATUSES.map((_, row) => [row / DOT_STATUSES.length, 0.4, 0.6] as const);
  const dots = new Dots(map, [...colours, [1, 1, 1]]);
  dots.set(
    units.map(({ id, station_lon: lon, station_lat: lat }, row) => {
      const glide = { from: { lon, lat }, to: { lon, lat }, start_ms: 0, length_ms: 0 };
      return { id, glide, look: row % DOT_STATUSES.length };
    }),
  );
  motion.follow((id, glide) => dots.move(id, glide));
  map.triggerRepaint();
  const draw = (now_ms: number): void => {
    dots.draw(now_ms);
    pictures.count += 1;
  };
  return { pictures, draw };
}

async function measure(way: Way, city: City, count: number, seconds: number): Promise<Measured> {
  const units = places(count, city.bounds);
  const map = await drawnMap(city);
  const motion = new Motion();
  units.forEach(({ id, station_lon: lon, station_lat: lat }) => motion.place(id, { lon, lat }));
  const { pictures, draw } = painter(way, map, units, motion);
  const drive = driver(units, motion);
  const gaps: number[] = [];
  await new Promise<void>((done) => {
    const begun_ms = performance.now();
    let last_ms = begun_ms;
    const frame = (now_ms: number): void => {
      drive(now_ms);
      draw(now_ms);
      gaps.push(now_ms - last_ms);
      last_ms = now_ms;
      if (now_ms - begun_ms < seconds * SECOND_MS) requestAnimationFrame(frame);
      else done();
    };
    requestAnimationFrame(frame);
  });
  const whole_s = gaps.reduce((sum, gap) => sum + gap, 0) / SECOND_MS;
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    pictures_per_s: pictures.count / whole_s,
    frames_per_s: gaps.length / whole_s,
    gap_p95_ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
  };
}

Object.assign(window, { measure });
