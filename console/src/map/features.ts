/** Rows of the API as GeoJSON for the map. */
import type { Feature, FeatureCollection, Point as PointShape } from 'geojson';

import type { IncidentRow, Unit } from '../api/types';
import { priorityOf } from '../ui/PriorityMark';
import type { Motion, Point } from './motion';
import { incidentImage, letterOf, unitImage } from './symbols';

export type Features = FeatureCollection<PointShape>;

export const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

function pointFeature(at: Point, properties: Feature['properties']): Feature<PointShape> {
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
  rows: readonly IncidentRow[],
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

/** Units at one spot stand in a row, this far apart. */
const ROW_STEP_PX = 20;
/** Units nearer than this many degrees share a spot. */
const SPOT_DEGREES = 1e-4;

function spotOf({ lon, lat }: Point): string {
  return `${Math.round(lon / SPOT_DEGREES)} ${Math.round(lat / SPOT_DEGREES)}`;
}

/** Units where they are shown at this moment; those that never reported stand at their station. */
export function unitFeatures(rows: readonly Unit[], motion: Motion, now_ms: number): Features {
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
      const offset = [x + place * ROW_STEP_PX, y];
      return pointFeature(at, {
        id: row.id,
        sign: unitImage(letterOf(row.kind), row.status),
        name: row.call_sign,
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
