import type { FeatureCollection } from 'geojson';
import { Plus, Trash2, Undo2, X } from 'lucide-react';
import type { LayerSpecification, MapMouseEvent } from 'maplibre-gl';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../ui/Button';
import { Panel } from '../ui/Panel';
import './measure.css';
import { area_m2, length_m } from './measuring';
import type { Point } from './motion';
import type { Palette } from './palette';
import { useOverlay, useReadyMap } from './readyMap';

const M_A_KM = 1_000;
const M2_A_HECTARE = 10_000;

const layersOf = (palette: Palette): LayerSpecification[] => [
  {
    id: 'measured-ground',
    type: 'fill',
    source: 'measured',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': palette.matter, 'fill-opacity': 0.15 },
  },
  {
    id: 'measured-line',
    type: 'line',
    source: 'measured',
    paint: { 'line-color': palette.matter, 'line-width': 3, 'line-dasharray': [2, 1] },
  },
  {
    id: 'measured-points',
    type: 'circle',
    source: 'measured',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 5, 'circle-color': palette.matter },
  },
];

function featuresOf(line: readonly Point[]): FeatureCollection {
  const at = line.map(({ lon, lat }): [number, number] => [lon, lat]);
  const geometries: GeoJSON.Geometry[] = at.map((coordinates) => ({ type: 'Point', coordinates }));
  if (at.length > 1) geometries.push({ type: 'LineString', coordinates: at });
  const [first] = at;
  if (at.length > 2 && first) geometries.push({ type: 'Polygon', coordinates: [[...at, first]] });
  return {
    type: 'FeatureCollection',
    features: geometries.map((geometry) => ({ type: 'Feature', geometry, properties: {} })),
  };
}

/** A line of points: clicked, or put where the middle of the map is. */
function useLine() {
  const map = useReadyMap()?.map;
  const [line, setLine] = useState<readonly Point[]>([]);
  useEffect(() => {
    if (map === undefined) return undefined;
    const canvas = map.getCanvas();
    // While it measures, a click on a sign is a point like any other.
    canvas.dataset['measures'] = 'true';
    const add = ({ lngLat }: MapMouseEvent): void =>
      setLine((before) => [...before, { lon: lngLat.lng, lat: lngLat.lat }]);
    map.on('click', add);
    return () => {
      delete canvas.dataset['measures'];
      map.off('click', add);
    };
  }, [map]);
  const addMiddle = (): void => {
    const middle = map?.getCenter();
    if (middle) setLine([...line, { lon: middle.lng, lat: middle.lat }]);
  };
  return { line, setLine, addMiddle };
}

/** How long a line over the map is, and how large the ground within it. */
export function Measure({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { line, setLine, addMiddle } = useLine();
  const data = useMemo(() => featuresOf(line), [line]);
  useOverlay('measured', data, layersOf, 'incidents-ring');
  const written = (value: number, digits: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value);
  const metres = length_m(line);
  const ground = area_m2(line);
  return (
    <>
      <span className="measure__middle" aria-hidden />
      <Panel
        title={t('map.measure')}
        className="measure"
        tools={
          <Button look="quiet" icon aria-label={t('map.measure_end')} onPress={onClose}>
            <X size={16} aria-hidden />
          </Button>
        }
      >
        <output className="measure__found figures">
          {metres < M_A_KM
            ? t('map.metres', { count: Math.round(metres), text: written(metres, 0) })
            : t('map.kilometres', { text: written(metres / M_A_KM, 2) })}
          {ground > 0 && ` · ${t('map.hectares', { text: written(ground / M2_A_HECTARE, 2) })}`}
        </output>
        <p className="soft">{t('map.measure_how')}</p>
        <div className="line-up">
          <Button autoFocus onPress={addMiddle}>
            <Plus size={16} aria-hidden />
            {t('map.measure_add')}
          </Button>
          <Button
            icon
            aria-label={t('map.measure_undo')}
            isDisabled={line.length === 0}
            onPress={() => setLine(line.slice(0, -1))}
          >
            <Undo2 size={16} aria-hidden />
          </Button>
          <Button
            icon
            aria-label={t('map.measure_clear')}
            isDisabled={line.length === 0}
            onPress={() => setLine([])}
          >
            <Trash2 size={16} aria-hidden />
          </Button>
        </div>
      </Panel>
    </>
  );
}
