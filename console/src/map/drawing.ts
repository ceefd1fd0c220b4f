/** What signs on the map are drawn on, and the colours that they are drawn in. */
import type { UnitStatus } from '../api/types';
import type { Priority } from '../ui/PriorityMark';

/** A sign has so many pixels for one of the screen's. */
export const RATIO = 2;

export interface Ink {
  fill: string;
  on: string;
}

/** Colours by urgency and status, read off the design tokens so that map and lists agree. */
export interface SignColours {
  priority: Record<Priority, Ink>;
  status: Record<UnitStatus, Ink>;
  edge: string;
}

type Draw = (context: CanvasRenderingContext2D, size: number) => void;

/** A picture of so many of the screen's pixels a side. */
export function image(size: number, draw: Draw): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = size * RATIO;
  canvas.height = size * RATIO;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser draws no canvas.');
  context.scale(RATIO, RATIO);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  draw(context, size);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
