import type { Feature, FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { useMemo } from 'react';

import type { Closure, Site } from '../api/onMap';
import { useOrganisationName } from '../api/reference';
import { ringOf, type ClosedShape } from './closedShape';
import { NOTHING, pointFeature } from './features';
import type { Palette } from './palette';
import type { Post } from './posts';
import { useOverlay } from './readyMap';
import { FONT } from './style';

function names(
  id: string,
  source: string,
  color: string,
  halo: string,
  offset: [number, number] = [0, 0],
  field: ExpressionSpecification = ['get', 'name'],
): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source,
    layout: {
      'text-field': field,
      'text-font': [FONT],
      'text-size': 11,
      'text-max-width': 9,
      'text-anchor': offset[1] > 0 ? 'top' : 'center',
      'text-offset': offset,
    },
    paint: { 'text-color': color, 'text-halo-color': halo, 'text-halo-width': 1.6 },
  };
}

const ownerLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'owners',
    type: 'line',
    source: 'owners',
    paint: { 'line-color': palette.cell, 'line-width': 2, 'line-opacity': 0.9 },
  },
  { ...names('owner-names', 'owners', palette.label, palette.halo), minzoom: 12.5 },
];

/** Grid cells by who looks after them. */
export function OwnerLayer({ cells }: { cells: FeatureCollection | undefined }) {
  const organisationName = useOrganisationName();
  const data = useMemo((): FeatureCollection => {
    if (cells === undefined) return NOTHING;
    const named = ({ properties, ...cell }: Feature): Feature => ({
      ...cell,
      properties: { name: organisationName(String(properties?.['organisation_id'])) },
    });
    return { ...cells, features: cells.features.map(named) };
  }, [cells, organisationName]);
  useOverlay('owners', data, ownerLayers, 'way-edge');
  return null;
}

/** Closed roads as they are drawn: those that are kept, and those that are being entered. */
export type ClosedRoads = ClosedShape & Pick<Closure, 'reason' | 'from_at'>;

function closureFeature(closure: ClosedRoads): Feature {
  return {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [ringOf(closure)] },
    properties: { name: closure.reason, begun: Date.parse(closure.from_at) <= Date.now() },
  };
}

/** What is closed has an unbroken edge; what will be, a broken one. */
const closureLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'closures',
    type: 'fill',
    source: 'closures',
    paint: { 'fill-color': palette.alarm, 'fill-opacity': ['case', ['get', 'begun'], 0.22, 0.08] },
  },
  ...[true, false].map((begun): LayerSpecification => ({
    id: `closure-edges-${begun}`,
    type: 'line',
    source: 'closures',
    filter: ['==', ['get', 'begun'], begun],
    paint: {
      'line-color': palette.alarm,
      'line-width': 2.5,
      ...(begun ? {} : { 'line-dasharray': [2, 2] }),
    },
  })),
  names('closure-names', 'closures', palette.label, palette.halo),
];

export function ClosureLayer({ closures }: { closures: readonly ClosedRoads[] | undefined }) {
  const data = useMemo(
    (): FeatureCollection => ({
      type: 'FeatureCollection',
      features: (closures ?? []).map(closureFeature),
    }),
    [closures],
  );
  useOverlay('closures', data, closureLayers, 'incidents-ring');
  return null;
}

function spots(source: string, colorOf: (palette: Palette) => string) {
  return (palette: Palette): LayerSpecification[] => [
    {
      id: source,
      type: 'circle',
      source,
      minzoom: 11,
      paint: {
        'circle-radius': source === 'posts' ? 6 : 4,
        'circle-color': palette.halo,
        'circle-stroke-color': colorOf(palette),
        'circle-stroke-width': source === 'posts' ? 3 : 2,
      },
    },
    { ...names(`${source}-names`, source, palette.label, palette.halo, [0, 0.8]), minzoom: 13 },
  ];
}

const siteLayers = spots('city-sites', (palette) => palette.labelSoft);
const postLayers = spots('posts', (palette) => palette.route);

export function SiteLayer({ sites }: { sites: readonly Site[] | undefined }) {
  const data = useMemo(
    (): FeatureCollection => ({
      type: 'FeatureCollection',
      features: (sites ?? []).map((site) => pointFeature(site, { name: site.name })),
    }),
    [sites],
  );
  useOverlay('city-sites', data, siteLayers, 'way-edge');
  return null;
}

/** Where units stand by when nothing happens, with who stands there. */
export function PostLayer({ posts }: { posts: readonly Post[] }) {
  const data = useMemo(
    (): FeatureCollection => ({
      type: 'FeatureCollection',
      features: posts.map((post) => pointFeature(post, { name: post.callSigns.join(' ') })),
    }),
    [posts],
  );
  useOverlay('posts', data, postLayers, 'way-edge');
  return null;
}
