/** The sign of a unit on the map: its letter, and what it does. */
import type { UnitStatus } from '../api/types';
import { image, type SignColours } from './drawing';

const UNIT_PX = 26;
const BAR_PX = 5;

/** A bar along the bottom of a unit's sign, below its letter. */
function fillBelow(context: CanvasRenderingContext2D, path: Path2D, size: number, fill: string): void {
  context.save();
  context.clip(path);
  context.fillStyle = fill;
  context.fillRect(0, size - BAR_PX - 5, size, BAR_PX);
  context.restore();
}

/** A line from corner to corner of a unit's sign, behind its letter. */
function strike(context: CanvasRenderingContext2D, path: Path2D, size: number, ink: string): void {
  context.save();
  context.clip(path);
  context.lineWidth = 2;
  context.strokeStyle = ink;
  context.beginPath();
  context.moveTo(4, size - 5);
  context.lineTo(size - 4, 5);
  context.stroke();
  context.restore();
}

function dashesOf(status: UnitStatus, isOld: boolean): number[] {
  if (isOld) return [1.5, 2.5];
  return status === 'ASSIGNED' ? [3, 2] : [];
}

const UNUSABLE: readonly UnitStatus[] = ['OFF_DUTY', 'OUT_OF_SERVICE'];

/**
 * Free units are outlined, told ones dashed, those on their way filled below, those on scene
 * whole, those that nobody can send struck through: seen without colour too. One whose position is
 * old is never filled: it may be somewhere else.
 */
export function unitSign(
  letter: string,
  status: UnitStatus,
  isOld: boolean,
  colours: SignColours,
): ImageData {
  return image(UNIT_PX, (context, size) => {
    const ink = colours.status[status];
    const path = new Path2D();
    path.roundRect(4, 5, size - 8, size - 10, 5);
    const isBelow = status === 'EN_ROUTE' && !isOld;
    const isFull = status === 'ON_SCENE' && !isOld;
    context.lineWidth = 4.5;
    context.strokeStyle = colours.edge;
    context.stroke(path);
    context.fillStyle = isFull ? ink.fill : colours.edge;
    context.fill(path);
    if (isBelow) fillBelow(context, path, size, ink.fill);
    if (UNUSABLE.includes(status)) strike(context, path, size, ink.fill);
    context.lineWidth = 2;
    context.strokeStyle = ink.fill;
    context.setLineDash(dashesOf(status, isOld));
    context.stroke(path);
    context.fillStyle = isFull ? ink.on : ink.fill;
    context.font = "700 11px 'Noto Sans SC Variable', sans-serif";
    context.fillText(isOld ? `${letter}?` : letter, size / 2, size / 2 + (isBelow ? -1.5 : 0.5));
  });
}
