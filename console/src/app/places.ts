/** The screens of the console, who sees which, and where each role starts. */
import {
  BellRing,
  BookOpen,
  ChartNoAxesColumn,
  FileChartColumn,
  FolderKanban,
  Gauge,
  Handshake,
  Headset,
  HeartHandshake,
  Inbox,
  ListOrdered,
  Scale,
  Map,
  MapPinned,
  Megaphone,
  ClipboardCheck,
  History,
  Siren,
  Split,
  Truck,
  type LucideIcon,
} from 'lucide-react';

export type PlaceName = 'map' | 'incidents' | 'units' | 'call' | 'crew' | 'field' | 'cases' | 'joint_tasks' | 'volunteers' | 'catalogue' | 'overview' | 'inbox' | 'agreements' | 'warnings' | 'wall' | 'reports' | 'handover' | 'replay' | 'routing' | 'evaluation';

export interface ConsolePlace {
  name: PlaceName;
  path: string;
  picture: LucideIcon;
}

const PLACES: readonly ConsolePlace[] = [
  { name: 'crew', path: '/crew', picture: Siren },
  { name: 'field', path: '/field', picture: MapPinned },
  { name: 'call', path: '/call', picture: Headset },
  { name: 'map', path: '/map', picture: Map },
  { name: 'incidents', path: '/incidents', picture: ListOrdered },
  { name: 'units', path: '/units', picture: Truck },
  { name: 'cases', path: '/cases', picture: FolderKanban },
  { name: 'joint_tasks', path: '/joint-tasks', picture: BellRing },
  { name: 'volunteers', path: '/volunteers', picture: HeartHandshake },
  { name: 'catalogue', path: '/catalogue', picture: BookOpen },
  { name: 'routing', path: '/routing', picture: Split },
  { name: 'inbox', path: '/inbox', picture: Inbox },
  { name: 'agreements', path: '/agreements', picture: Handshake },
  { name: 'warnings', path: '/warnings', picture: Megaphone },
  { name: 'overview', path: '/overview', picture: ChartNoAxesColumn },
  { name: 'wall', path: '/wall', picture: Gauge },
  { name: 'reports', path: '/reports', picture: FileChartColumn },
  { name: 'evaluation', path: '/evaluation', picture: Scale },
  { name: 'handover', path: '/handover', picture: ClipboardCheck },
  { name: 'replay', path: '/replay', picture: History },
];

/** By role: the screens offered, the first of which is where the role starts. */
const BY_ROLE: Record<string, readonly PlaceName[]> = {
  CALL_TAKER: ['call', 'map', 'incidents', 'cases', 'handover'],
  DISPATCHER: ['map', 'incidents', 'units', 'call', 'cases', 'catalogue', 'warnings', 'overview', 'wall', 'reports', 'handover', 'replay'],
  SUPERVISOR: ['map', 'incidents', 'units', 'call', 'cases', 'joint_tasks', 'volunteers', 'catalogue', 'routing', 'warnings', 'overview', 'wall', 'reports', 'evaluation', 'handover', 'replay'],
  CREW: ['crew', 'map'],
  STREET_DESK: ['joint_tasks', 'cases', 'volunteers', 'map', 'catalogue', 'evaluation'],
  DEPARTMENT_DESK: ['cases', 'joint_tasks', 'catalogue', 'evaluation', 'overview'],
  GRID_OFFICER: ['field', 'cases', 'volunteers', 'catalogue', 'map', 'evaluation'],
  ADMINISTRATOR: ['overview', 'reports', 'evaluation', 'map', 'units', 'agreements', 'routing'],
  AGENCY_DESK: ['inbox'],
};

/** The screens that a role is offered, in the order of the menu. The server decides what it may do. */
export function placesOf(role: string): ConsolePlace[] {
  const names = BY_ROLE[role] ?? ['map'];
  return PLACES.filter(({ name }) => names.includes(name));
}

/** Where a role starts. */
export function startOf(role: string): string {
  return `/${BY_ROLE[role]?.[0] ?? 'map'}`;
}
