/** What lies over the base map: cells, incidents, units, how many stand together, the pin, a ring. */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, LayerSpecification, Map as LibreMap } from 'maplibre-gl';

import { NOTHING, UNIT_LABEL_PX } from './features';
import { groupLayers } from './groupLayers';
import type { Palette } from './palette';
import { FONT, nameIn } from './style';

export const OVERLAYS = [
  'cells', 'way', 'incidents', 'units', 'unit-groups', 'incident-groups', 'pin',
] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** Layers whose features can be picked by a click, the topmost first. */
export const PICKABLE: readonly string[] = [
  'incidents', 'units', 'incident-groups', 'unit-groups', 'cases',
];
/** Layers of which one feature at a time is ringed. */
const RINGED = ['incidents', 'units'] as const;

function cellLayers(palette: Palette, language: string): LayerSpecification[] {
  return [
    {
      id: 'cells',
      type: 'line',
      source: 'cells',
      paint: {
        'line-color': palette.cell,
        'line-opacity': 0.55,
        'line-width': 1,
        'line-dasharray': [3, 2],
      },
    },
    {
      id: 'cell-names',
      type: 'symbol',
      source: 'cells',
      minzoom: 14.5,
      layout: {
        'text-field': nameIn(language),
        'text-font': [FONT],
        'text-size': 10,
      },
      paint: {
        'text-color': palette.cell,
        'text-opacity': 0.8,
        'text-halo-color': palette.halo,
        'text-halo-width': 1.2,
      },
    },
  ];
}

function siteLayer(palette: Palette, language: string): LayerSpecification {
  return {
    id: 'sites',
    type: 'symbol',
    source: 'city',
    'source-layer': 'sites',
    minzoom: 13,
    filter: [
      'any',
      ['in', ['get', 'kind'], ['literal', ['FIRE_STATION', 'POLICE_STATION', 'HOSPITAL']]],
      ['all', ['==', ['get', 'kind'], 'SCHOOL'], ['>=', ['zoom'], 15]],
    ],
    layout: {
      'text-field': ['concat', '▪ ', nameIn(language)],
      'text-font': [FONT],
      'text-size': 10,
      'text-max-width': 9,
    },
    paint: {
      'text-color': palette.labelSoft,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.2,
    },
  };
}

function signLayer(
  source: 'incidents' | 'units',
  labelFrom: number,
  labelSize: number,
  palette: Palette,
): LayerSpecification {
  return {
    id: source,
    type: 'symbol',
    source,
    layout: {
      'icon-image': ['get', 'sign'],
      'icon-offset': ['get', 'offset'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['get', 'order'],
      'text-field': ['step', ['zoom'], '', labelFrom, ['get', 'name']],
      'text-font': [FONT],
      'text-size': labelSize,
      'text-anchor': 'top',
      'text-offset': ['get', 'labelOffset'],
      'text-optional': true,
      'text-allow-overlap': source === 'units',
      'text-ignore-placement': source === 'units',
    },
    paint: {
      'text-color': palette.label,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.6,
    },
  };
}

function ring(source: 'incidents' | 'units', palette: Palette): LayerSpecification {
  return {
    id: `${source}-ring`,
    type: 'circle',
    source,
    filter: ['==', ['get', 'id'], ''],
    paint: {
      'circle-radius': 20,
      'circle-color': palette.route,
      'circle-opacity': 0.18,
      'circle-stroke-color': palette.route,
      'circle-stroke-width': 2,
    },
  };
}

const pin = (palette: Palette): LayerSpecification => ({
  id: 'pin',
  type: 'circle',
  source: 'pin',
  paint: {
    'circle-radius': 8,
    'circle-color': palette.route,
    'circle-opacity': 0.35,
    'circle-stroke-color': palette.route,
    'circle-stroke-width': 2.5,
  },
});

/** Light below, dark above: the line stands out from the streets it runs along, by day and night. */
function wayLayers(palette: Palette): LayerSpecification[] {
  const layout = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const line = (id: string, color: string, width: number): LayerSpecification => ({
    id,
    type: 'line',
    source: 'way',
    layout,
    paint: { 'line-color': color, 'line-width': width },
  });
  return [line('way-edge', palette.halo, 9), line('way', palette.route, 5)];
}

/** Add the sources and layers, empty, to a map whose base style was just loaded. */
export function addOverlays(map: LibreMap, palette: Palette, language: string): void {
  for (const id of OVERLAYS) map.addSource(id, { type: 'geojson', data: NOTHING });
  const layers = [
    ...cellLayers(palette, language),
    siteLayer(palette, language),
    ...wayLayers(palette),
    pin(palette),
    ring('incidents', palette),
    ring('units', palette),
    signLayer('units', 14.5, UNIT_LABEL_PX, palette),
    signLayer('incidents', 14, 12, palette),
    ...groupLayers(palette),
  ];
  layers.forEach((layer) => map.addLayer(layer));
}

export function setOverlay(map: LibreMap, id: Overlay, data: FeatureCollection): void {
  const source = map.getSource<GeoJSONSource>(id);
  void source?.setData(data);
}

/** Ring the chosen incident or unit, if any. */
export function ringOnly(map: LibreMap, id: string | null): void {
  for (const source of RINGED) {
    if (map.getLayer(`${source}-ring`)) {
      map.setFilter(`${source}-ring`, ['==', ['get', 'id'], id ?? '']);
    }
  }
}
