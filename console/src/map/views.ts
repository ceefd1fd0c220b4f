/** Where the map looks from. */
import type { CameraOptions, Map as LibreMap } from 'maplibre-gl';

import type { City } from '../api/types';

const TILT_DEGREES = 45;
/** Tilted, the far side takes less room and the near side more: look this far to the south. */
const TILTED_SOUTH_SHARE = 0.09;
const TILTED_NEARER = 0.3;
const PADDING_PX = 16;

/** The whole city at a tilt, as large as the map allows. */
export function wholeCity(map: LibreMap, city: City): CameraOptions {
  const [west, south, east, north] = city.bounds;
  const flat = map.cameraForBounds(
    [
      [west, south],
      [east, north],
    ],
    { padding: PADDING_PX },
  );
  const zoom = (flat?.zoom ?? map.getZoom()) + TILTED_NEARER;
  const [lon, lat] = city.centre;
  const center: [number, number] = [lon, lat - (north - south) * TILTED_SOUTH_SHARE];
  return { center, zoom, pitch: TILT_DEGREES, bearing: 0 };
}

/** From tilted to flat, seen from above with north up, and back. */
export function otherTilt(map: LibreMap): CameraOptions {
  return { pitch: map.getPitch() > 0 ? 0 : TILT_DEGREES, bearing: 0 };
}
