import type { FeatureCollection } from 'geojson';

import type { Box } from '../api/onMap';
import type { Unit } from '../api/types';
import { CaseLayer } from './CaseLayer';
import { CoverageLayer } from './CoverageLayer';
import { ClosureLayer, OwnerLayer, PostLayer, SiteLayer } from './GroundLayers';
import './layers.css';
import { useLayerRows } from './useLayerRows';

interface Props {
  box: Box | null;
  units: readonly Unit[];
  cells: FeatureCollection | undefined;
}

/** The layers that somebody chose. Fetched with the first of them. */
export function ChosenLayers({ box, units, cells }: Props) {
  const rows = useLayerRows(box, units, cells);
  const { chosen } = rows;
  return (
    <>
      {chosen.includes('owners') && <OwnerLayer cells={rows.cells} />}
      {chosen.includes('sites') && <SiteLayer sites={rows.sites} />}
      {chosen.includes('posts') && <PostLayer posts={rows.posts} />}
      {chosen.includes('coverage') && <CoverageLayer coverage={rows.coverage} />}
      {chosen.includes('closures') && <ClosureLayer closures={rows.closures} />}
      {chosen.includes('cases') && <CaseLayer cases={rows.cases} />}
    </>
  );
}
