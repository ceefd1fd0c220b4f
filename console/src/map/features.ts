/** Rows of the API as GeoJSON for the map. */
import type { Feature, FeatureCollection, Point as PointShape } from 'geojson';

import type { IncidentRow, Unit } from '../api/types';
import { writeSpan } from '../ui/clock';
import { priorityOf } from '../ui/PriorityMark';
import { grouped } from './groups';
import type { Motion, Point } from './motion';
import { incidentImage, letterOf, unitImage } from './symbols';

/** What the map has to know of an incident, and of a unit. */
export type MapIncident = Pick<IncidentRow, 'id' | 'lon' | 'lat' | 'priority' | 'kind'>;
export type MapUnit = Pick<
  Unit,
  | 'id'
  | 'kind'
  | 'call_sign'
  | 'status'
  | 'lon'
  | 'lat'
  | 'station_lon'
  | 'station_lat'
  | 'positioned_at'
  | 'position_stale_after_s'
>;

export type Features = FeatureCollection<PointShape>;

export const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function pointFeature(at: Point, properties: Feature['properties']): Feature<PointShape> {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [at.lon, at.lat] },
    properties,
  };
}

/** A unit on scene stands beside the incident's sign, not on it. */
const BESIDE_PX = [15, -15];
const CENTRED_PX = [0, 0];
const LABEL_BELOW_EM = 1.3;
export const UNIT_LABEL_PX = 10;

/** Incidents with their sign and name; the most urgent are drawn last, on top. */
export function incidentFeatures(
  rows: readonly MapIncident[],
  kindName: (code: string) => string,
): Features {
  return {
    type: 'FeatureCollection',
    features: rows.map((row) =>
      pointFeature(row, {
        id: row.id,
        sign: incidentImage(priorityOf(row.priority)),
        name: kindName(row.kind),
        order: -row.priority,
        offset: CENTRED_PX,
        labelOffset: [0, LABEL_BELOW_EM],
      }),
    ),
  };
}

/** How many incidents stand together, each group with the sign of its most urgent. */
export function incidentGroups(rows: readonly MapIncident[], square: number): Features {
  return {
    type: 'FeatureCollection',
    features: grouped(rows, square, (row) => row).map(({ things, ...at }) => {
      const priority = Math.min(...things.map((row) => row.priority));
      const sign = incidentImage(priorityOf(priority));
      return pointFeature(at, { sign, count: things.length, order: -priority });
    }),
  };
}

/** How many units stand together where they are shown at this moment. */
export function unitGroups(
  rows: readonly MapUnit[],
  motion: Motion,
  now_ms: number,
  square: number,
): Features {
  const at = (row: MapUnit): Point =>
    motion.at(row.id, now_ms) ?? { lon: row.station_lon, lat: row.station_lat };
  return {
    type: 'FeatureCollection',
    features: grouped(rows, square, at).map(({ things, ...middle }) =>
      pointFeature(middle, { count: things.length }),
    ),
  };
}

/** Units at one spot stand in a row, this far apart. */
const ROW_STEP_PX = 20;
/** Units nearer than this many degrees share a spot. */
const SPOT_DEGREES = 1e-4;

function spotOf({ lon, lat }: Point): string {
  return `${Math.round(lon / SPOT_DEGREES)} ${Math.round(lat / SPOT_DEGREES)}`;
}

/** How old a unit's position is in milliseconds, once it is too old to be taken for where it is. */
export function staleFor(unit: MapUnit, server_ms: number): number | null {
  if (unit.positioned_at === null) return null;
  const age_ms = server_ms - Date.parse(unit.positioned_at);
  return age_ms > unit.position_stale_after_s * 1000 ? age_ms : null;
}

/**
 * Units where they are shown at this moment; those that never reported stand at their station. One
 * whose position is old has a broken outline, a question mark and its age beside its name.
 */
export function unitFeatures(
  rows: readonly MapUnit[],
  motion: Motion,
  now_ms: number,
  server_ms: number,
): Features {
  const taken = new Map<string, number>();
  return {
    type: 'FeatureCollection',
    features: rows.map((row) => {
      const station = { lon: row.station_lon, lat: row.station_lat };
      const at = motion.at(row.id, now_ms) ?? station;
      const spot = spotOf(at);
      const place = taken.get(spot) ?? 0;
      taken.set(spot, place + 1);
      const [x = 0, y = 0] = row.status === 'ON_SCENE' ? BESIDE_PX : CENTRED_PX;
      const stale_ms = staleFor(row, server_ms);
      const offset = [x + place * ROW_STEP_PX, y];
      return pointFeature(at, {
        id: row.id,
        sign: unitImage(letterOf(row.kind), row.status, stale_ms !== null),
        name: stale_ms === null ? row.call_sign : `${row.call_sign} ? ${writeSpan(stale_ms)}`,
        order: row.status === 'OFF_DUTY' ? 0 : 1,
        offset,
        labelOffset: [(x + place * ROW_STEP_PX) / UNIT_LABEL_PX, y / UNIT_LABEL_PX + LABEL_BELOW_EM],
      });
    }),
  };
}

export function pinFeatures(at: Point | null): Features {
  return { type: 'FeatureCollection', features: at === null ? [] : [pointFeature(at, {})] };
}

/** A way along the streets, as one line. */
export function wayFeatures(line: readonly (readonly number[])[] | undefined): FeatureCollection {
  if (line === undefined || line.length < 2) return NOTHING;
  const coordinates = line.map(([lon = 0, lat = 0]) => [lon, lat]);
  const feature: Feature = {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates },
    properties: {},
  };
  return { type: 'FeatureCollection', features: [feature] };
}
