/** How signs of many things at once are drawn. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';

import type { Palette } from './palette';
import { FONT } from './style';

/** How many stand together: incidents beside the sign of the most urgent, units in a disc. */
export function groupLayers(palette: Palette): LayerSpecification[] {
  const text = { 'text-color': palette.label, 'text-halo-color': palette.halo };
  const count = {
    'text-field': ['get', 'count'] as ExpressionSpecification,
    'text-font': [FONT],
    'text-size': 12,
    'icon-allow-overlap': true,
    'text-allow-overlap': true,
  };
  return [
    {
      id: 'unit-groups',
      type: 'circle',
      source: 'unit-groups',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 9, 40, 24],
        'circle-color': palette.halo,
        'circle-stroke-color': palette.route,
        'circle-stroke-width': 2,
      },
    },
    { id: 'unit-counts', type: 'symbol', source: 'unit-groups', layout: count, paint: text },
    {
      id: 'incident-groups',
      type: 'symbol',
      source: 'incident-groups',
      layout: {
        ...count,
        'icon-image': ['get', 'sign'],
        'text-field': ['concat', '×', ['get', 'count']],
        'text-anchor': 'left',
        'text-offset': [1.1, 0],
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { ...text, 'text-halo-width': 2 },
    },
  ];
}
