import type { FeatureCollection } from 'geojson';
import { useMemo } from 'react';

import { useCasesOnMap, useClosures, useCoverage, useSites, type Box } from '../api/onMap';
import type { Unit } from '../api/types';
import { useChosenLayers, useCoverageKind, type Layer } from './layerChoice';
import { postsOf } from './posts';
import { steadyBox } from './view';

const NONE = [] as const;

/** Rows of the layers that are chosen, in a box. The map draws them, and the list says them. */
export function useLayerRows(
  box: Box | null,
  units: readonly Unit[],
  cells: FeatureCollection | undefined,
) {
  const chosen = useChosenLayers();
  const kind = useCoverageKind();
  const has = (layer: Layer): boolean => chosen.includes(layer);
  const around = useMemo(() => box && steadyBox(box), [box]);
  const posts = useMemo(() => postsOf(units), [units]);
  return {
    cases: useCasesOnMap(around, has('cases')).data,
    coverage: useCoverage(around, kind, has('coverage')).data,
    closures: useClosures(has('closures')).data,
    sites: useSites(has('sites')).data,
    posts: has('posts') ? posts : NONE,
    cells: has('owners') ? cells : undefined,
    chosen,
  };
}
