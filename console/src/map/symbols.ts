/** Signs on the map, drawn on canvas: no sprite has to be fetched. */
import type { Map as LibreMap } from 'maplibre-gl';

import type { UnitStatus } from '../api/types';
import { PRIORITIES, type Priority } from '../ui/PriorityMark';

const RATIO = 2;
const INCIDENT_PX = 30;
const UNIT_PX = 26;
const DIGIT_FONT = "700 13px 'Noto Sans SC Variable', sans-serif";

interface Ink {
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

/** The outline of an urgency: diamond 1, triangle 2, square 3, circle 4. */
function outline(priority: Priority, size: number): Path2D {
  const middle = size / 2;
  const reach = middle - 3;
  const path = new Path2D();
  if (priority === 4) {
    path.arc(middle, middle, reach - 1, 0, 2 * Math.PI);
    return path;
  }
  const corners: Record<1 | 2 | 3, [number, number][]> = {
    1: [[0, -1], [1, 0], [0, 1], [-1, 0]],
    2: [[0, -1], [1, 0.85], [-1, 0.85]],
    3: [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  };
  corners[priority].forEach(([x, y], index) => {
    const to: [number, number] = [middle + x * reach, middle + y * reach];
    if (index === 0) path.moveTo(...to);
    else path.lineTo(...to);
  });
  path.closePath();
  return path;
}

function incidentSign(priority: Priority, colours: SignColours): ImageData {
  return image(INCIDENT_PX, (context, size) => {
    const path = outline(priority, size);
    const ink = colours.priority[priority];
    context.lineWidth = 5;
    context.strokeStyle = colours.edge;
    context.stroke(path);
    context.fillStyle = ink.fill;
    context.fill(path);
    context.fillStyle = ink.on;
    context.font = DIGIT_FONT;
    context.fillText(String(priority), size / 2, size / 2 + (priority === 2 ? 3.5 : 0.5));
  });
}

/** One letter for what a unit is; the full name stands in the lists. */
const LETTERS: Record<string, string> = {
  FIRE_ENGINE: 'F',
  LADDER_TRUCK: 'L',
  RESCUE_TRUCK: 'R',
  HAZMAT_TRUCK: 'H',
  RESCUE_BOAT: 'B',
  AMBULANCE: 'A',
  PATROL_CAR: 'P',
  TRAFFIC_CAR: 'T',
  UTILITY_VAN: 'U',
  GRID_PATROL: 'G',
  BRANCH_SQUAD: 'S',
  CITY_SQUAD: 'C',
  MICRO_STATION: 'M',
};

/** The sign of a kind of unit in the lists and on the map. */
export function letterOf(unitKind: string): string {
  return LETTERS[unitKind] ?? unitKind.slice(0, 1);
}

/**
 * Free units are outlined, sent ones half filled, those on scene full: seen without colour too. One
 * whose position is old is never filled: it may be somewhere else.
 */
function unitSign(
  letter: string,
  status: UnitStatus,
  isOld: boolean,
  colours: SignColours,
): ImageData {
  return image(UNIT_PX, (context, size) => {
    const ink = colours.status[status];
    const path = new Path2D();
    path.roundRect(4, 5, size - 8, size - 10, 5);
    const sent = status === 'ON_SCENE' || status === 'EN_ROUTE' || status === 'ASSIGNED';
    const full = sent && !isOld;
    context.lineWidth = 4.5;
    context.strokeStyle = colours.edge;
    context.stroke(path);
    context.fillStyle = full ? ink.fill : colours.edge;
    context.fill(path);
    context.lineWidth = 2;
    context.strokeStyle = ink.fill;
    if (status === 'ASSIGNED') context.setLineDash([3, 2]);
    if (isOld) context.setLineDash([1.5, 2.5]);
    context.stroke(path);
    context.fillStyle = full ? ink.on : ink.fill;
    context.font = "700 11px 'Noto Sans SC Variable', sans-serif";
    context.fillText(isOld ? `${letter}?` : letter, size / 2, size / 2 + 0.5);
  });
}

export const incidentImage = (priority: Priority): string => `incident-${priority}`;
export const unitImage = (letter: string, status: UnitStatus, isOld = false): string =>
  `unit-${letter}-${status}${isOld ? '-old' : ''}`;

export function put(map: LibreMap, name: string, data: ImageData): void {
  if (map.hasImage(name)) map.removeImage(name);
  map.addImage(name, data, { pixelRatio: RATIO });
}

/** Give the map the signs of all urgencies and of these units in every status. */
export function addSigns(map: LibreMap, unitKinds: Iterable<string>, colours: SignColours): void {
  for (const priority of PRIORITIES) {
    put(map, incidentImage(priority), incidentSign(priority, colours));
  }
  const statuses = Object.keys(colours.status) as UnitStatus[];
  for (const letter of new Set([...unitKinds].map(letterOf))) {
    for (const status of statuses) {
      for (const isOld of [false, true]) {
        put(map, unitImage(letter, status, isOld), unitSign(letter, status, isOld, colours));
      }
    }
  }
}

/** Read the colours of signs off the design tokens in force. */
export function signColours(): SignColours {
  const probe = document.createElement('span');
  // A transition, however short, would answer with the colour before.
  probe.style.transition = 'none';
  document.body.append(probe);
  const token = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const ink = (fill: string, on: string): Ink => ({ fill: token(fill), on: token(on) });
  const colours: SignColours = {
    priority: {
      1: ink('p1', 'on-p1'),
      2: ink('p2', 'on-p2'),
      3: ink('p3', 'on-p3'),
      4: ink('p4', 'on-p4'),
    },
    status: {
      AVAILABLE: ink('good', 'surface'),
      ASSIGNED: ink('warn', 'surface'),
      EN_ROUTE: ink('accent', 'on-accent'),
      ON_SCENE: ink('accent-strong', 'on-accent'),
      OFF_DUTY: ink('ink-faint', 'surface'),
      OUT_OF_SERVICE: ink('ink-faint', 'surface'),
    },
    edge: token('surface'),
  };
  probe.remove();
  return colours;
}
