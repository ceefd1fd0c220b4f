/** What part of the ground is in sight. */
import type { Map as LibreMap } from 'maplibre-gl';

import type { Box } from '../api/onMap';
import type { City } from '../api/types';

/** Farther away than this, incidents and units are told by how many there are. */
export const GROUPED_BELOW_ZOOM = 13;

export interface View {
  box: Box;
  zoom: number;
}

export function viewOf(map: LibreMap): View {
  const bounds = map.getBounds();
  const box = {
    west: Math.max(-180, bounds.getWest()),
    south: bounds.getSouth(),
    east: Math.min(180, bounds.getEast()),
    north: bounds.getNorth(),
  };
  return { box, zoom: map.getZoom() };
}

/** The whole city: what is in sight where no map can be drawn. */
export function wholeBox({ bounds: [west, south, east, north] }: City): Box {
  return { west, south, east, north };
}

export function holds({ west, south, east, north }: Box, lon: number, lat: number): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

const STEPS_ACROSS = 4;
const LONGITUDES = 180;
const LATITUDES = 90;

/**
 * A box that holds another and stays the same while that moves a little: what was read for it need
 * not be read again. Its sides lie on a grid whose step is a power of two.
 */
export function steadyBox(box: Box): Box {
  const widest = Math.max(box.east - box.west, box.north - box.south, 1e-6);
  const step = 2 ** Math.ceil(Math.log2(widest / STEPS_ACROSS));
  const down = (value: number, least: number): number =>
    Math.max(-least, Math.floor(value / step) * step);
  const up = (value: number, most: number): number => Math.min(most, Math.ceil(value / step) * step);
  return {
    west: down(box.west, LONGITUDES),
    south: down(box.south, LATITUDES),
    east: up(box.east, LONGITUDES),
    north: up(box.north, LATITUDES),
  };
}
