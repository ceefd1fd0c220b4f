import type { LayerSpecification } from 'maplibre-gl';
import { useEffect, useMemo } from 'react';

import type { CasesOnMap } from '../api/onMap';
import { useIsNight } from '../ui/theme';
import { NOTHING, pointFeature } from './features';
import { DAY, NIGHT, type Palette } from './palette';
import { useOverlay, useReadyMap } from './readyMap';
import { FONT } from './style';
import { image } from './drawing';
import { put } from './symbols';

const SIGN_PX = 30;
const SIDES = 6;

/** A hexagon, as no incident and no unit has it; drawn twice around what is late. */
function sign(palette: Palette, late: boolean): ImageData {
  return image(SIGN_PX, (context, size) => {
    const hexagon = (reach: number): Path2D => {
      const path = new Path2D();
      for (let corner = 0; corner < SIDES; corner += 1) {
        const turn = (corner / SIDES) * 2 * Math.PI;
        path.lineTo(size / 2 + reach * Math.cos(turn), size / 2 + reach * Math.sin(turn));
      }
      path.closePath();
      return path;
    };
    const outer = hexagon(size / 2 - 3);
    context.fillStyle = palette.halo;
    context.fill(outer);
    context.strokeStyle = late ? palette.alarm : palette.matter;
    context.lineWidth = 2;
    context.stroke(outer);
    if (late) context.stroke(hexagon(size / 2 - 6.5));
  });
}

const layersOf = (palette: Palette): LayerSpecification[] => [
  {
    id: 'cases',
    type: 'symbol',
    source: 'cases',
    layout: {
      'icon-image': ['get', 'sign'],
      'icon-size': ['step', ['get', 'count'], 0.75, 2, 1, 100, 1.3],
      'icon-allow-overlap': true,
      'text-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-ignore-placement': true,
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 11,
      'symbol-sort-key': ['get', 'late'],
    },
    paint: { 'text-color': palette.label },
  },
];

function featuresOf({ groups }: CasesOnMap): typeof NOTHING {
  return {
    type: 'FeatureCollection',
    features: groups.map(({ lon, lat, count, late, id }) =>
      pointFeature(
        { lon, lat },
        {
          id,
          count,
          late,
          sign: late > 0 ? 'case-late' : 'case',
          label: count > 1 ? String(count) : late > 0 ? '!' : '',
        },
      ),
    ),
  };
}

/** Open cases, those near each other as one sign with their number. */
export function CaseLayer({ cases }: { cases: CasesOnMap | null | undefined }) {
  const ready = useReadyMap();
  const night = useIsNight();
  useEffect(() => {
    if (ready === null) return;
    const palette = night ? NIGHT : DAY;
    put(ready.map, 'case', sign(palette, false));
    put(ready.map, 'case-late', sign(palette, true));
  }, [ready, night]);
  const data = useMemo(() => (cases ? featuresOf(cases) : NOTHING), [cases]);
  useOverlay('cases', data, layersOf, 'incidents-ring');
  return null;
}
