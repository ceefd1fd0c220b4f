/** Signs on the map, drawn on canvas: no sprite has to be fetched. */
import type { Map as LibreMap } from 'maplibre-gl';

import type { UnitStatus } from '../api/types';
import { PRIORITIES, type Priority } from '../ui/PriorityMark';
import { image, RATIO, type Ink, type SignColours } from './drawing';
import { unitSign } from './unitSign';

const INCIDENT_PX = 30;
const DIGIT_FONT = "700 13px 'Noto Sans SC Variable', sans-serif";

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

export function incidentSign(priority: Priority, colours: SignColours): ImageData {
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
export function signColours(place: HTMLElement = document.body): SignColours {
  const probe = document.createElement('span');
  // A transition, however short, would answer with the colour before.
  probe.style.transition = 'none';
  place.append(probe);
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
