import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { useMemo } from 'react';

import { NOTHING } from './features';
import type { Point } from './motion';
import type { Palette } from './palette';
import { useOverlay } from './readyMap';
import { FONT } from './style';

/** So many units at one place, in a plan that a letter names. */
export interface MapStand extends Point {
  letter: 'A' | 'B';
  count: number;
}

const SIDES = { A: -11, B: 11 } as const;
const RADIUS_PX = 11;

/** A is filled and left of its place, B is open and right of it: told apart without colour. */
function sideLayers(palette: Palette, letter: MapStand['letter']): LayerSpecification[] {
  const translate: [number, number] = [SIDES[letter], 0];
  const isFilled = letter === 'A';
  return [
    {
      id: `stands-${letter}`,
      type: 'circle',
      source: 'stands',
      filter: ['==', ['get', 'letter'], letter],
      paint: {
        'circle-radius': RADIUS_PX,
        'circle-translate': translate,
        'circle-color': isFilled ? palette.route : palette.halo,
        'circle-stroke-color': palette.route,
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: `stand-names-${letter}`,
      type: 'symbol',
      source: 'stands',
      filter: ['==', ['get', 'letter'], letter],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [FONT],
        'text-size': 11,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: {
        'text-translate': translate,
        'text-color': isFilled ? palette.halo : palette.label,
      },
    },
  ];
}

const layersOf = (palette: Palette): LayerSpecification[] => [
  ...sideLayers(palette, 'A'),
  ...sideLayers(palette, 'B'),
];

function featuresOf(stands: readonly MapStand[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: stands.map(({ lon, lat, letter, count }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { letter, name: `${letter}${count}` },
    })),
  };
}

/** Where the units of one plan or two would stand. */
export function StandsLayer({ stands }: { stands: readonly MapStand[] }) {
  const data = useMemo(() => (stands.length > 0 ? featuresOf(stands) : NOTHING), [stands]);
  useOverlay('stands', data, layersOf, 'pin');
  return null;
}
