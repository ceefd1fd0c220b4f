/** What the map shows in a part of the ground, as rows of a list. */
import type { IncidentRow, Unit } from '../api/types';
import type { Point } from './motion';
import type { Pick } from './usePicking';
import { holds, type View } from './view';
import type { useLayerRows } from './useLayerRows';

export const SECTIONS = ['incidents', 'units', 'cases', 'closures', 'posts', 'sites', 'owners'] as const;
export type Section = (typeof SECTIONS)[number];

export interface SeenRow extends Point {
  id: string;
  section: Section;
  title: string;
  detail: string;
  /** What is picked with it on the map, if anything. */
  pick: Pick | null;
  /** The address of its own page, if it has one. */
  path: string | null;
}

export interface SeenSection {
  section: Section;
  /** How many there are in sight: more than `rows` where not all are listed. */
  count: number;
  rows: SeenRow[];
}

/** How things are named in the language on screen. */
export interface Words {
  kind: (code: string) => string;
  item: (code: string) => string;
  organisation: (id: string | null) => string;
  unitKind: (code: string) => string;
  unitStatus: (code: Unit['status']) => string;
  phase: (code: IncidentRow['phase']) => string;
  siteKind: (code: string) => string;
  late: string;
  cellName: (cell: Record<string, unknown>) => string;
}

type Rows = ReturnType<typeof useLayerRows>;
type Row = Omit<SeenRow, 'section'>;

function middle(geometry: unknown): Point {
  const ring = (geometry as { coordinates: [number, number][][] }).coordinates[0] ?? [];
  const count = Math.max(1, ring.length - 1);
  const sum = ring
    .slice(1)
    .reduce<[number, number]>(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
  return { lon: sum[0] / count, lat: sum[1] / count };
}

function incidentRows(incidents: readonly IncidentRow[], words: Words): Row[] {
  return incidents.map((one) => ({
    id: one.id,
    lon: one.lon,
    lat: one.lat,
    title: `${one.priority} · ${words.kind(one.kind)}`,
    detail: [words.phase(one.phase), one.place_text].filter(Boolean).join(' · '),
    pick: { what: 'incident', id: one.id },
    path: `/incidents/${one.id}`,
  }));
}

function unitRows(units: readonly Unit[], words: Words): Row[] {
  return units.map((one) => ({
    id: one.id,
    lon: one.lon ?? one.station_lon,
    lat: one.lat ?? one.station_lat,
    title: one.call_sign,
    detail: `${words.unitStatus(one.status)} · ${words.unitKind(one.kind)}`,
    pick: { what: 'unit', id: one.id },
    path: `/units/${one.id}`,
  }));
}

function layerRows(rows: Rows, words: Words): Record<Exclude<Section, 'incidents' | 'units'>, Row[]> {
  const plain = { pick: null, path: null };
  return {
    cases: (rows.cases?.listed ?? []).map((one) => ({
      ...one,
      title: words.item(one.item_code),
      detail: [one.number, words.organisation(one.organisation_id), one.late ? words.late : '']
        .filter(Boolean)
        .join(' · '),
      pick: { what: 'case', id: one.id },
      path: `/cases/${one.id}`,
    })),
    closures: (rows.closures ?? []).map((one) => ({ ...one, ...plain, title: one.reason, detail: '' })),
    posts: rows.posts.map((one) => ({ ...one, ...plain, title: one.callSigns.join(' '), detail: '' })),
    sites: (rows.sites ?? []).map((one) => ({
      ...one, ...plain, title: one.name, detail: words.siteKind(one.kind),
    })),
    owners: (rows.cells?.features ?? []).map(({ id, geometry, properties }) => ({
      id: String(id),
      ...middle(geometry),
      ...plain,
      title: words.cellName(properties ?? {}),
      detail: words.organisation(String(properties?.['organisation_id'])),
    })),
  };
}

interface Things {
  incidents: readonly IncidentRow[];
  units: readonly Unit[];
  layers: Rows;
}

/** Everything in sight, by layer; a layer with nothing in sight is not there. */
export function seenIn(view: View['box'], things: Things, words: Words): SeenSection[] {
  const all = {
    incidents: incidentRows(things.incidents, words),
    units: unitRows(things.units, words),
    ...layerRows(things.layers, words),
  };
  return SECTIONS.map((section): SeenSection => {
    const rows = all[section]
      .filter(({ lon, lat }) => holds(view, lon, lat))
      .map((row) => ({ ...row, section, id: `${section}:${row.id}` }));
    const groups = section === 'cases' ? (things.layers.cases?.groups ?? []) : [];
    const counted = groups
      .filter(({ lon, lat }) => holds(view, lon, lat))
      .reduce((sum, { count }) => sum + count, 0);
    return { section, rows, count: Math.max(rows.length, counted) };
  }).filter(({ count }) => count > 0);
}
