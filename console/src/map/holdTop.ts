/** Keeps what the map shows in its place while its foot makes room. */
import type { Map as LibreMap } from 'maplibre-gl';

/** MapLibre keeps the middle in the middle: when alerts take a row below, all would move under the hand. */
export function holdTop(map: LibreMap): void {
  const place = map.getContainer();
  let { clientWidth, clientHeight } = place;
  map.on('resize', () => {
    const grown = place.clientHeight - clientHeight;
    const isFootAlone = place.clientWidth === clientWidth && !map.isMoving();
    ({ clientWidth, clientHeight } = place);
    if (isFootAlone) map.panBy([0, grown / 2], { animate: false });
  });
}
