/** The eight modules of the wall: what each counts, how it stands, and which list is behind it. */
import {
  Activity,
  Building2,
  Footprints,
  Grid3x3,
  Map,
  MessagesSquare,
  RadioTower,
  ShieldAlert,
  type LucideIcon,
} from 'lucide-react';

import type { Wall } from '../../api/types';
import type { Level } from '../../ui/LevelMark';

export const MODULES = [
  'city',
  'safety',
  'service',
  'grid',
  'sites',
  'patrol',
  'devices',
  'map',
] as const;
export type ModuleName = (typeof MODULES)[number];

interface Reading {
  /** The one figure of the tile; null where there is nothing that could be counted. */
  figure: number | null;
  level: Level | null;
}

interface Module {
  picture: LucideIcon;
  /** The list behind the figure, and what it takes to read it. */
  list: string;
  permission: string;
  read: (wall: Wall) => Reading;
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((all, row) => all + of(row), 0);

export const waitingAll = ({ waiting }: Wall): number => sum(waiting, (one) => one.waiting);
export const onDuty = ({ patrol }: Wall): number => sum(patrol, ({ free, busy }) => free + busy);
export const sitesOpen = ({ sections }: Wall): number => sum(sections, (one) => one.open);
export const receivedAll = ({ hours }: Wall): number => sum(hours, (one) => one.received);
/** What was to be expected in those hours; null where no week before is on record. */
export const expectedAll = ({ hours }: Wall): number | null =>
  hours.some(({ expected }) => expected === null) ? null : sum(hours, (one) => one.expected ?? 0);

const unlessNone = (count: number): Level => (count > 0 ? 'watch' : 'good');

function safety(wall: Wall): Level {
  const isUrgent = wall.waiting.some(({ priority, waiting }) => priority === 1 && waiting > 0);
  return isUrgent ? 'act' : unlessNone(waitingAll(wall));
}

function devices({ trackers, links }: Wall): Reading {
  const known = trackers.heard + trackers.silent + links.keys + links.webhooks;
  const wrong = trackers.silent + links.given_up + links.keys_end_soon;
  return known === 0
    ? { figure: null, level: null }
    : { figure: trackers.silent + links.given_up, level: unlessNone(wrong) };
}

export const MODULE: Record<ModuleName, Module> = {
  city: {
    picture: Activity,
    list: '/overview',
    permission: 'tally.read',
    read: (wall) => ({ figure: wall.open_incidents, level: null }),
  },
  safety: {
    picture: ShieldAlert,
    list: '/incidents',
    permission: 'incident.read',
    read: (wall) => ({ figure: waitingAll(wall), level: safety(wall) }),
  },
  service: {
    picture: MessagesSquare,
    list: '/cases?only=late',
    permission: 'case.read',
    read: ({ cases }) => ({ figure: cases.late, level: unlessNone(cases.late) }),
  },
  grid: {
    picture: Grid3x3,
    list: '/cases',
    permission: 'case.read',
    read: ({ grid }) =>
      grid.cells === 0
        ? { figure: null, level: null }
        : { figure: grid.with_late, level: unlessNone(grid.with_late) },
  },
  sites: {
    picture: Building2,
    list: '/cases',
    permission: 'case.read',
    read: (wall) =>
      wall.sections.length === 0
        ? { figure: null, level: null }
        : { figure: sitesOpen(wall), level: unlessNone(sum(wall.sections, (one) => one.late)) },
  },
  patrol: {
    picture: Footprints,
    list: '/units',
    permission: 'unit.read',
    read: (wall) =>
      wall.patrol.length === 0
        ? { figure: null, level: null }
        : { figure: onDuty(wall), level: onDuty(wall) === 0 ? 'act' : 'good' },
  },
  devices: { picture: RadioTower, list: '/units', permission: 'unit.read', read: devices },
  map: {
    picture: Map,
    list: '/map',
    permission: 'place.read',
    read: ({ grid }) =>
      grid.cells === 0
        ? { figure: null, level: null }
        : { figure: grid.with_open, level: null },
  },
};
