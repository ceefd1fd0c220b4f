import type { MapMouseEvent } from 'maplibre-gl';
import { useEffect, useRef } from 'react';

import type { Point } from './motion';
import { PICKABLE } from './overlays';
import type { ReadyMap } from './useLibreMap';

export interface Pick {
  what: 'incident' | 'unit';
  id: string;
}

/** How far beside a sign a click still means it. */
const REACH_PX = 6;

/** Tell which sign was clicked, or where when there was none. */
export function usePicking(
  ready: ReadyMap | null,
  onPick: ((pick: Pick) => void) | undefined,
  onPlace: ((point: Point) => void) | undefined,
): void {
  const handlers = useRef({ onPick, onPlace });
  useEffect(() => {
    handlers.current = { onPick, onPlace };
  });
  const map = ready?.map;

  useEffect(() => {
    if (!map) return;
    const under = ({ point }: MapMouseEvent): Pick | null => {
      const layers = PICKABLE.filter((layer) => map.getLayer(layer));
      const found = map.queryRenderedFeatures(
        [
          [point.x - REACH_PX, point.y - REACH_PX],
          [point.x + REACH_PX, point.y + REACH_PX],
        ],
        { layers },
      )[0];
      if (!found) return null;
      const what = found.layer.id === 'units' ? 'unit' : 'incident';
      return { what, id: String(found.properties['id']) };
    };
    const click = (event: MapMouseEvent): void => {
      const pick = under(event);
      if (pick) handlers.current.onPick?.(pick);
      else handlers.current.onPlace?.({ lon: event.lngLat.lng, lat: event.lngLat.lat });
    };
    const point = (event: MapMouseEvent): void => {
      const cursor = under(event) ? 'pointer' : handlers.current.onPlace ? 'crosshair' : '';
      map.getCanvas().style.cursor = cursor;
    };
    map.on('click', click);
    map.on('mousemove', point);
    return () => {
      map.off('click', click);
      map.off('mousemove', point);
    };
  }, [map]);
}
