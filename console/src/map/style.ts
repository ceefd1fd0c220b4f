/** The base map: layers of the city's vector tiles, drawn with a palette. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';

import type { City } from '../api/types';
import type { Palette } from './palette';

export const FONT = 'Noto Sans SC Variable';
const LEAST_ZOOM = 8;
const MOST_ZOOM = 15;

/** The name in the language on screen where the map has one, else the local name. */
export function nameIn(language: string): ExpressionSpecification {
  const own = language === 'en' ? 'name_en' : 'name_zh';
  return ['coalesce', ['get', own], ['get', 'name'], ''];
}

function width(at12: number, at18: number): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.5], ['zoom'], 12, at12, 18, at18];
}

const MAIN = ['motorway', 'trunk', 'primary', 'secondary'];
const STREETS = ['tertiary', 'street', 'pedestrian'];

function classIn(classes: readonly string[]): ExpressionSpecification {
  return ['in', ['get', 'class'], ['literal', [...classes]]];
}

function road(
  id: string,
  classes: readonly string[],
  color: string,
  lineWidth: ExpressionSpecification,
): LayerSpecification {
  return {
    id,
    type: 'line',
    source: 'city',
    'source-layer': 'roads',
    filter: classIn(classes),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': lineWidth },
  };
}

function ground(palette: Palette): LayerSpecification[] {
  return [
    { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
    {
      id: 'green',
      type: 'fill',
      source: 'city',
      'source-layer': 'green',
      paint: { 'fill-color': palette.green },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'city',
      'source-layer': 'water',
      filter: ['!=', ['geometry-type'], 'LineString'],
      paint: { 'fill-color': palette.water, 'fill-outline-color': palette.shore },
    },
    {
      id: 'waterways',
      type: 'line',
      source: 'city',
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': palette.water, 'line-width': width(1, 5) },
    },
  ];
}

function roads(palette: Palette): LayerSpecification[] {
  return [
    { ...road('paths', ['path', 'service'], palette.path, width(0.4, 4)), minzoom: 14 },
    road('rails', ['rail', 'tram'], palette.rail, width(0.7, 3)),
    road('street-edges', STREETS, palette.roadEdge, width(1.2, 18)),
    road('main-edges', MAIN, palette.roadEdge, width(2.4, 26)),
    road('streets', STREETS, palette.road, width(0.8, 15)),
    road('mains', MAIN, palette.roadMain, width(1.8, 22)),
    {
      id: 'borders',
      type: 'line',
      source: 'city',
      'source-layer': 'boundaries',
      paint: { 'line-color': palette.border, 'line-width': 1, 'line-dasharray': [4, 3] },
    },
  ];
}

function buildings(palette: Palette): LayerSpecification {
  return {
    id: 'buildings',
    type: 'fill-extrusion',
    source: 'city',
    'source-layer': 'buildings',
    minzoom: 13,
    paint: {
      'fill-extrusion-color': [
        'interpolate',
        ['linear'],
        ['get', 'height'],
        5,
        palette.building,
        40,
        palette.buildingTop,
      ],
      'fill-extrusion-height': ['get', 'height'],
      'fill-extrusion-opacity': 0.85,
      'fill-extrusion-vertical-gradient': true,
    },
  };
}

/** Names of streets and places. Drawn over everything flat, under what happens. */
export function labels(palette: Palette, language: string): LayerSpecification[] {
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.4 };
  return [
    {
      id: 'street-names',
      type: 'symbol',
      source: 'city',
      'source-layer': 'roads',
      minzoom: 14,
      filter: classIn([...MAIN, ...STREETS]),
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': nameIn(language),
        'text-font': [FONT],
        'text-size': 11,
      },
      paint: { 'text-color': palette.labelSoft, ...halo },
    },
    {
      id: 'place-names',
      type: 'symbol',
      source: 'city',
      'source-layer': 'places',
      filter: ['<=', ['get', 'rank'], 6],
      layout: {
        'text-field': nameIn(language),
        'text-font': [FONT],
        'text-size': ['interpolate', ['linear'], ['get', 'rank'], 1, 17, 6, 11],
        'text-max-width': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': palette.label, ...halo },
    },
  ];
}

/** The whole base style for the city pack with this checksum. */
export function baseStyle(
  pack: string,
  bounds: City['bounds'],
  palette: Palette,
  language: string,
): StyleSpecification {
  return {
    version: 8,
    sources: {
      city: {
        type: 'vector',
        tiles: [`${window.location.origin}/city/${pack}/tiles/{z}/{x}/{y}.mvt`],
        minzoom: LEAST_ZOOM,
        maxzoom: MOST_ZOOM,
        bounds,
      },
    },
    light: { anchor: 'viewport', intensity: 0.25 },
    layers: [
      ...ground(palette),
      ...roads(palette),
      buildings(palette),
      ...labels(palette, language),
    ],
  };
}
