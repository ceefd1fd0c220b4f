/** Texts, numbers and times by the name of the field that holds them: the same for the same field. */
import { at, ITEMS, KINDS, ORGANISATIONS, PEOPLE, PLACES, SENTENCES, UNIT_KINDS } from './pools';

export type Language = 'zh' | 'en';

export interface Field {
  /** The shape that it is a field of. */
  shape: string;
  name: string;
  /** The how-many-eth of its list; 0 outside of lists. */
  index: number;
  language: Language;
}

/** A Monday, half past ten in the morning in Helsinki. */
export const NOW = '2026-11-23T08:30:00Z';
const NOW_MS = Date.parse(NOW);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LATER = /^(?:due|ends|expires|until|shift_ends|good_until|holder_due|review_due|call_back_due|valid_until|appeal_until)/u;

/** A number between 0 and 1 that a text and an index always give. */
export function drawn(text: string, index: number): number {
  let state = 2166136261 ^ index;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
  state = Math.imul(state ^ (state >>> 15), 2246822507);
  return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
}

/** Which thing an id is of: `incident_id` and the `id` of an `IncidentRow` are of an incident. */
function entityOf({ shape, name }: Field): string {
  const own = shape.replace(/(?:Row|Item|Out|Page|Field|Round)+$/u, '').replace(/^Field/u, '');
  const word = name === 'id' ? own.toLowerCase() : name.replace(/_ids?$/u, '');
  return /^(?:agency|called|leading|proposed|opened_for|holder|held_by)$/u.test(word) ? 'organisation' : word;
}

/** The id of the nth thing of a sort. */
export function idOf(entity: string, index: number): string {
  const sort = Math.floor(drawn(entity, 0) * 2 ** 32).toString(16).padStart(8, '0');
  return `${sort}-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

/** The index in an id that `idOf` made. */
export function indexOf(id: string): number {
  const digits = /-(\d{12})$/u.exec(id)?.[1];
  return digits === undefined ? 0 : Number(digits);
}

function momentOf(field: Field): number {
  const step_ms = (1 + Math.floor(drawn(field.name, 1) * 9)) * MINUTE_MS;
  const away_ms = step_ms + field.index * 7 * MINUTE_MS;
  return LATER.test(field.name) ? NOW_MS + away_ms * 3 : NOW_MS - away_ms;
}

const FORMATS: Record<string, (field: Field) => string> = {
  uuid: (field) => idOf(entityOf(field), entityOf(field) === 'organisation' ? field.index % ORGANISATIONS.length : field.index),
  'date-time': (field) => new Date(momentOf(field)).toISOString(),
  date: (field) => new Date(NOW_MS + (LATER.test(field.name) ? 1 : -1) * (1 + field.index) * 7 * DAY_MS).toISOString().slice(0, 10),
};

const sentence = ({ index, language }: Field): string => at(SENTENCES, index)[language];
const person = ({ index, language }: Field): string => at(PEOPLE, index)[`name_${language}`];

const kind = ({ index }: Field): string => at(KINDS, index).code;
const capability = ({ index }: Field): string => at(['FIRE_ENGINE', 'AMBULANCE', 'POLICE_PATROL', 'UTILITY_CREW'], index);
const lead = ({ index }: Field): string => at(ORGANISATIONS.slice(1, 5), index).code;
const phase = ({ index }: Field): string => at(['WAITING', 'EN_ROUTE', 'ON_SCENE'], index);

const TEXTS: Record<string, (field: Field) => string> = {
  capabilities: capability,
  capability,
  items: ({ index }) => at(ITEMS, index).code,
  kinds: kind,
  needs: capability,
  permissions: ({ index }) => at(['case.read', 'report.file'], index),
  phase,
  purpose: () => 'CASEWORK',
  site_kinds: ({ index }) => at(['SCHOOL', 'HOSPITAL'], index),
  to: lead,
  unit_kinds: ({ index }) => at(UNIT_KINDS, index),
  units: ({ index }) => `F${String(1 + index).padStart(2, '0')}`,
  zone: () => 'Europe/Helsinki',
  address: ({ index }) => at(PLACES, index),
  call_sign: ({ index }) => `${at(['F', 'A', 'P', 'L', 'U', 'G'], index)}${String(1 + index).padStart(2, '0')}`,
  case_number: ({ index }) => `C-20261123-${String(31 + index).padStart(5, '0')}`,
  channel: ({ index }) => at(['PHONE', 'WEB', 'API'], index),
  code: ({ shape, index }) => `${shape}_${1 + index}`,
  holder: ({ index }) => at(ORGANISATIONS, index).code,
  incident_number: ({ index }) => `20261123-${String(117 + index).padStart(5, '0')}`,
  item_code: ({ index }) => at(ITEMS, index).code,
  kind,
  lead,
  move: ({ index }) => at(['open', 'assign', 'en_route', 'on_scene'], index),
  number: ({ index }) => `20261123-${String(117 + index).padStart(5, '0')}`,
  place_text: ({ index }) => at(PLACES, index),
  source: () => '',
  unit: ({ index }) => `F${String(1 + index).padStart(2, '0')}`,
  unit_kind: ({ index }) => at(UNIT_KINDS, index),
  version: () => '2026.1',
};

/** Fields that hold what somebody said. */
const WORDS = new Set(['text', 'note', 'remark', 'outcome', 'reason', 'proof', 'decision', 'filing', 'closing', 'source', 'condition', 'words', 'duty', 'description', 'formula']);

/** A text for a field without a format of its own. */
export function textOf(field: Field): string {
  const own = TEXTS[field.name];
  if (own !== undefined) return own(field);
  const [stem = '', language] = field.name.split(/_(zh|en)$/u);
  const inside: Field = language === 'zh' || language === 'en' ? { ...field, language } : field;
  if (stem.endsWith('_name') || stem.endsWith('_by')) return person(field);
  if (stem === 'name' || stem === 'title') return at(ITEMS, field.index)[`name_${inside.language}`];
  if (WORDS.has(stem)) return sentence(inside);
  return `${stem.replaceAll('_', ' ')} ${1 + field.index}`;
}

/** A text in one of the formats that the API names, or by its field. */
export function stringOf(field: Field, format: string | undefined): string {
  return (FORMATS[format ?? ''] ?? textOf)(field);
}

const NUMBERS: Record<string, (field: Field) => number> = {
  area: () => 990101001001001,
  alarm_level: () => 1,
  escalation_level: () => 0,
  lat: ({ index }) => 60.165 + drawn('lat', index) * 0.015,
  lon: ({ index }) => 24.93 + drawn('lon', index) * 0.03,
  priority: ({ index }) => 1 + (index % 4),
  round: () => 1,
};
const SHARE = /share|compliance|^low|^high|adjusted|^outer|value|dispersion/u;

/** A number for a field, within its bounds. */
export function numberOf(field: Field, { whole, least = 0, most }: { whole: boolean; least?: number | undefined; most?: number | undefined }): number {
  const own = NUMBERS[field.name];
  if (own !== undefined) return own(field);
  const chance = drawn(`${field.shape}.${field.name}`, field.index);
  if (!whole && SHARE.test(field.name)) return Number((0.6 + chance * 0.35).toFixed(3));
  const top = Math.min(most ?? Infinity, least + (/_s$|_ms$/u.test(field.name) ? 900 : 40));
  const value = least + chance * (top - least);
  return whole ? Math.round(value) : Number(value.toFixed(1));
}
