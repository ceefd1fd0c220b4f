/** The map that is drawn, for what lies on it. */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, LayerSpecification, Map as LibreMap } from 'maplibre-gl';
import { createContext, useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { useIsNight } from '../ui/theme';
import { NOTHING } from './features';
import { DAY, NIGHT, type Palette } from './palette';
import { FONT } from './style';

/** A map ready to be drawn on, and how many times its style was renewed since. */
export interface ReadyMap {
  map: LibreMap;
  epoch: number;
}

export const ReadyMapContext = createContext<ReadyMap | null>(null);

/** The map around this part; none while, or where, it cannot be drawn. */
export function useReadyMap(): ReadyMap | null {
  return useContext(ReadyMapContext);
}

type LayersOf = (palette: Palette, language: string) => LayerSpecification[];

function remove(map: LibreMap, source: string): void {
  for (const layer of map.getStyle().layers) {
    if ('source' in layer && layer.source === source) map.removeLayer(layer.id);
  }
  if (map.getSource(source)) map.removeSource(source);
}

/** A map that is gone took its layers along. */
function isGone(map: LibreMap): boolean {
  return map._removed;
}

/** Lay rows over the map, under the layer `below`, for as long as this part is there. */
export function useOverlay(
  source: string,
  data: FeatureCollection,
  layersOf: LayersOf,
  below: string,
): void {
  const ready = useReadyMap();
  const night = useIsNight();
  const { language } = useTranslation().i18n;
  const map = ready?.map;
  const epoch = ready?.epoch;

  useEffect(() => {
    if (map === undefined) return undefined;
    if (!map.getSource(source)) map.addSource(source, { type: 'geojson', data: NOTHING });
    for (const layer of layersOf(night ? NIGHT : DAY, language)) {
      if (!map.getLayer(layer.id)) map.addLayer(layer, below);
    }
    return () => {
      if (!isGone(map)) remove(map, source);
    };
  }, [map, epoch, source, layersOf, below, night, language]);

  useEffect(() => {
    if (map === undefined) return undefined;
    let stale = false;
    const text = data.features.map(({ properties }) => String(properties?.['name'] ?? '')).join('');
    // Letters whose font has not come yet would be drawn in another one, and stay so.
    void document.fonts.load(`16px '${FONT}'`, text || ' ').then(() => {
      if (!stale && !isGone(map)) void map.getSource<GeoJSONSource>(source)?.setData(data);
    });
    return () => {
      stale = true;
    };
  }, [map, epoch, source, data, night, language]);
}
