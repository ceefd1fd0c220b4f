import type { MapMouseEvent } from 'maplibre-gl';
import { useEffect, useRef } from 'react';

import type { Point } from './motion';
import { PICKABLE } from './overlays';
import type { ReadyMap } from './readyMap';

export interface Pick {
  what: 'incident' | 'unit' | 'case';
  id: string;
}

/** What a layer's signs stand for; those of many things at once stand for none. */
const MEANT: Record<string, Pick['what']> = { incidents: 'incident', units: 'unit', cases: 'case' };

/** How far beside a sign a click still means it. */
const REACH_PX = 6;
/** So much closer one looks at things that stand together. */
const CLOSER_ZOOM = 2;

type Found = Pick | 'group' | null;

/** Tell which sign was clicked, or where when there was none. A sign of many is looked at closer. */
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
    const under = ({ point }: MapMouseEvent): Found => {
      const layers = PICKABLE.filter((layer) => map.getLayer(layer));
      const found = map.queryRenderedFeatures(
        [
          [point.x - REACH_PX, point.y - REACH_PX],
          [point.x + REACH_PX, point.y + REACH_PX],
        ],
        { layers },
      )[0];
      if (!found) return null;
      const what = MEANT[found.layer.id];
      const id = found.properties['id'] as string | null | undefined;
      return what === undefined || id == null ? 'group' : { what, id };
    };
    const click = (event: MapMouseEvent): void => {
      if (map.getCanvas().dataset['measures'] !== undefined) return;
      const found = under(event);
      const { lng, lat } = event.lngLat;
      if (found === 'group') map.easeTo({ center: [lng, lat], zoom: map.getZoom() + CLOSER_ZOOM });
      else if (found) handlers.current.onPick?.(found);
      else handlers.current.onPlace?.({ lon: lng, lat });
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
