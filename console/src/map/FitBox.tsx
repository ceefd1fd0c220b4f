import { useEffect } from 'react';

import type { Box } from '../api/onMap';
import { useReadyMap } from './readyMap';

const PADDING_PX = 80;
const CLOSEST_ZOOM = 16.5;

/** Lets the map show the whole of a box; a new box moves it. */
export function FitBox({ box }: { box: Box }) {
  const map = useReadyMap()?.map;
  const { west, south, east, north } = box;
  useEffect(() => {
    map?.fitBounds([west, south, east, north], { padding: PADDING_PX, maxZoom: CLOSEST_ZOOM });
  }, [map, west, south, east, north]);
  return null;
}
