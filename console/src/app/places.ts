/** The screens of the console, what people do there, who is offered which, and where each role starts. */
import {
  BellRing,
  BookOpen,
  ChartNoAxesColumn,
  ClipboardCheck,
  FileChartColumn,
  FolderKanban,
  Gauge,
  Handshake,
  Headset,
  HeartHandshake,
  History,
  Inbox,
  ListOrdered,
  ListTodo,
  LockKeyholeOpen,
  Map,
  MapPinned,
  Megaphone,
  Scale,
  ShieldCheck,
  Siren,
  Split,
  TrafficCone,
  Truck,
  UsersRound,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';

interface Place {
  path: string;
  picture: LucideIcon;
  /** Other addresses that belong to it. */
  holds?: readonly string[];
}

const PLACES = {
  next: { path: '/next', picture: ListTodo },
  call: { path: '/call', picture: Headset },
  map: { path: '/map', picture: Map },
  incidents: { path: '/incidents', picture: ListOrdered, holds: ['/plan'] },
  units: { path: '/units', picture: Truck, holds: ['/run-cards'] },
  closures: { path: '/closures', picture: TrafficCone },
  crew: { path: '/crew', picture: Siren },
  inbox: { path: '/inbox', picture: Inbox },
  warnings: { path: '/warnings', picture: Megaphone },
  field: { path: '/field', picture: MapPinned },
  cases: { path: '/cases', picture: FolderKanban },
  joint_tasks: { path: '/joint-tasks', picture: BellRing },
  volunteers: { path: '/volunteers', picture: HeartHandshake },
  overview: { path: '/overview', picture: ChartNoAxesColumn },
  wall: { path: '/wall', picture: Gauge },
  reports: { path: '/reports', picture: FileChartColumn },
  planner: { path: '/planner', picture: Waypoints },
  evaluation: { path: '/evaluation', picture: Scale },
  handover: { path: '/handover', picture: ClipboardCheck },
  replay: { path: '/replay', picture: History },
  catalogue: { path: '/catalogue', picture: BookOpen },
  routing: { path: '/routing', picture: Split },
  agreements: { path: '/agreements', picture: Handshake },
  audit: { path: '/audit', picture: ShieldCheck },
  glass: { path: '/broken-glass', picture: LockKeyholeOpen },
  accounts: { path: '/accounts', picture: UsersRound },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

/** The screens by what people do there, in the order of the menu. */
const GROUPS = [
  { name: 'now', places: ['next'] },
  { name: 'help', places: ['call', 'map', 'incidents', 'units', 'closures', 'crew', 'inbox', 'warnings'] },
  { name: 'casework', places: ['field', 'cases', 'joint_tasks', 'volunteers'] },
  { name: 'figures', places: ['overview', 'wall', 'reports', 'planner', 'evaluation'] },
  { name: 'shift', places: ['handover', 'replay'] },
  { name: 'rules', places: ['catalogue', 'routing', 'agreements', 'audit', 'glass', 'accounts'] },
] as const satisfies readonly { name: string; places: readonly PlaceName[] }[];

/** By role: the screens offered, those needed most first. The role starts on the first. */
const BY_ROLE: Record<string, readonly PlaceName[]> = {
  CALL_TAKER: ['call', 'next', 'map', 'incidents', 'cases', 'handover'],
  DISPATCHER: ['map', 'next', 'incidents', 'units', 'call', 'closures', 'cases', 'catalogue', 'warnings', 'overview', 'wall', 'reports', 'handover', 'replay', 'glass'],
  SUPERVISOR: ['next', 'map', 'incidents', 'units', 'cases', 'call', 'closures', 'joint_tasks', 'volunteers', 'catalogue', 'routing', 'warnings', 'overview', 'wall', 'reports', 'planner', 'evaluation', 'handover', 'replay', 'glass'],
  CREW: ['crew', 'map'],
  STREET_DESK: ['next', 'joint_tasks', 'cases', 'volunteers', 'map', 'catalogue', 'evaluation'],
  DEPARTMENT_DESK: ['next', 'cases', 'joint_tasks', 'catalogue', 'evaluation', 'overview', 'glass'],
  GRID_OFFICER: ['field', 'cases', 'volunteers', 'map', 'next', 'catalogue', 'evaluation'],
  ADMINISTRATOR: ['next', 'overview', 'reports', 'planner', 'evaluation', 'map', 'units', 'agreements', 'routing', 'accounts'],
  AGENCY_DESK: ['inbox'],
  AUDITOR: ['next', 'audit', 'glass'],
};
const OF_OTHERS: readonly PlaceName[] = ['map'];

const namesOf = (role: string): readonly PlaceName[] => BY_ROLE[role] ?? OF_OTHERS;

export interface ConsolePlace extends Place {
  name: PlaceName;
}

export interface PlaceGroup {
  name: (typeof GROUPS)[number]['name'];
  places: readonly ConsolePlace[];
}

const placeOf = (name: PlaceName): ConsolePlace => ({ name, ...PLACES[name] });

/** The screens that a role is offered, those needed most first. The server decides what it may do. */
export function placesOf(role: string): ConsolePlace[] {
  return namesOf(role).map(placeOf);
}

/** The same by what people do there; no group is empty. */
export function groupsOf(role: string): PlaceGroup[] {
  return GROUPS.map(({ name, places }) => ({
    name,
    places: places.filter((one) => namesOf(role).includes(one)).map(placeOf),
  })).filter(({ places }) => places.length > 0);
}

/** Whether an address belongs to a screen. */
export function isAt({ path, holds = [] }: Place, address: string): boolean {
  return [path, ...holds].some((one) => address === one || address.startsWith(`${one}/`));
}

/** Where a role starts. */
export function startOf(role: string): string {
  return PLACES[namesOf(role)[0] ?? 'map'].path;
}

/** The addresses of all screens in the menus. */
export const PLACE_PATHS: readonly string[] = Object.values(PLACES).map(({ path }) => path);
