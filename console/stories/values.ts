/** Texts, numbers and times by the name of the field that holds them: the same for the same field. */
import { at, caseNumber, CELLS, incidentNumber, ITEMS, KINDS, ORGANISATIONS, PEOPLE, PLACES, UNIT_KINDS, UNITS } from './pools';
import { dayOf, momentOf } from './times';
import { NAMES, WORDS, type Words } from './words';

export type Language = 'zh' | 'en';

export interface Field {
  /** The shape that it is a field of. */
  shape: string;
  name: string;
  /** The how-many-eth of its list; 0 outside of lists. */
  index: number;
  language: Language;
}

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

/** Agencies are other organisations than the one that looks. */
const AGENCIES = 4;
function uuidOf(field: Field): string {
  const entity = entityOf(field);
  if (field.name === 'agency_id') return idOf('organisation', 1 + (field.index % AGENCIES));
  return idOf(entity, entity === 'organisation' ? field.index % ORGANISATIONS.length : field.index);
}

const FORMATS: Record<string, (field: Field) => string> = {
  uuid: uuidOf,
  'date-time': momentOf,
  date: dayOf,
};

const person = ({ index, language }: Field): string => at(PEOPLE, index)[`name_${language}`];
const among = (table: Readonly<Record<string, readonly Words[]>>, { shape }: Field, stem: string) =>
  table[`${shape}.${stem}`] ?? table[stem];

const kind = ({ index }: Field): string => at(KINDS, index).code;
const capability = ({ index }: Field): string => at(['FIRE_ENGINE', 'AMBULANCE', 'LADDER', 'POLICE_PATROL', 'UTILITY_CREW'], index);
const lead = ({ index }: Field): string => at(ORGANISATIONS.slice(1, 5), index).code;
const phase = ({ index }: Field): string => at(['WAITING', 'EN_ROUTE', 'ON_SCENE'], index);

/** The moves of a thing's history in their order, by the shape of a step. */
const MOVES: Readonly<Record<string, readonly string[]>> = {
  AppealStepOut: ['file', 'decide'],
  CaseStepOut: ['file', 'assign', 'start', 'report'],
  EntryOut: ['open', 'assign', 'en_route', 'on_scene'],
  IncidentStepOut: ['open', 'assign', 'en_route', 'on_scene'],
  JointStepOut: ['open', 'call_up', 'report_in', 'finish'],
  RoutingStepOut: ['begin', 'propose', 'publish'],
  StepOut: ['plan_shift', 'sign_on', 'duty', 'hand_over'],
  VolunteerStepOut: ['publish', 'offer', 'release', 'finish'],
};
const unit = ({ index }: Field): string => at(UNITS, index).call_sign;
const cell = ({ index, language }: Field): string => at(CELLS, index)[`name_${language}`];
const holder = ({ index }: Field): string => idOf('organisation', 1 + (index % AGENCIES));

const TEXTS: Record<string, (field: Field) => string> = {
  about: kind,
  address: ({ index }) => at(PLACES, index),
  calendar: () => 'helsinki',
  call_sign: unit,
  capabilities: capability,
  capability,
  case_number: ({ index }) => caseNumber(index),
  cell_en: cell,
  cell_zh: cell,
  channel: ({ index }) => at(['PHONE', 'WEB', 'STAFF'], index),
  clock: ({ index }) => at(['URGENT', 'USUAL'], index),
  code: ({ index }) => at(ORGANISATIONS.slice(1, 5), index).code,
  disposition: () => 'RESOLVED',
  fields: ({ index }) => at(['kind', 'place_text', 'priority', 'phase'], index),
  group: ({ index }) => at(ITEMS, index).group,
  holder,
  holders: holder,
  identifier: ({ index }) => `urn:oid:2.49.0.1.246.0.2026.11.23.${String(1 + index)}`,
  incident_number: ({ index }) => incidentNumber(index),
  item: ({ index }) => at(ITEMS, index).code,
  item_code: ({ index }) => at(ITEMS, index).code,
  items: ({ index }) => at(ITEMS, index).code,
  kind,
  kinds: kind,
  lead,
  move: ({ shape, index }) => at(MOVES[shape] ?? ['open'], index),
  needs: capability,
  number: ({ index }) => incidentNumber(index),
  pack: () => '5d41402a',
  permissions: ({ index }) => at(['case.read', 'incident.read'], index),
  phase,
  place_text: ({ index }) => at(PLACES, index),
  purpose: () => 'CASEWORK',
  rules: () => 'service_clocks 2026.1',
  rules_version: () => '2026.1',
  seen_from: ({ index }) => at(['Chromium, Linux', 'Firefox, Windows', 'Safari, iPad'], index),
  site: ({ index }) => at(['NONE', 'SCHOOL'], index),
  site_kinds: ({ index }) => at(['SCHOOL', 'HOSPITAL'], index),
  source: () => '',
  to: lead,
  unit,
  unit_kind: ({ index }) => at(UNITS, index).kind,
  unit_kinds: ({ index }) => at(UNIT_KINDS, index),
  units: unit,
  username: ({ index }) => at(['supervisor', 'dispatcher', 'grid-officer', 'call-taker'], index),
  version: () => '2026.1',
  wrong: () => '',
  zone: () => 'Europe/Helsinki',
};

/** A text for a field without a format of its own. */
export function textOf(field: Field): string {
  const own = TEXTS[field.name];
  if (own !== undefined) return own(field);
  const [stem = '', named] = field.name.split(/_(zh|en)$/u);
  const language = named === 'zh' || named === 'en' ? named : field.language;
  if (stem.endsWith('_name') || stem.endsWith('_by')) return person(field);
  const words = among(NAMES, field, stem) ?? among(WORDS, field, stem);
  if (words !== undefined) return at(words, field.index)[language];
  return `${stem.replaceAll('_', ' ')} ${1 + field.index}`;
}

/** A text in one of the formats that the API names, or by its field. */
export function stringOf(field: Field, format: string | undefined): string {
  return (FORMATS[format ?? ''] ?? textOf)(field);
}

const travelOf = ({ index }: Field): number => 205 + index * 40;
const one = (): number => 1;
const NUMBERS: Record<string, (field: Field) => number> = {
  alarm_level: one,
  merged_count: one,
  round: one,
  amount: ({ index }) => at([2, 3], index),
  area: ({ index }) => 990101001001001 + index * 1000,
  attempts: one,
  closures: one,
  distance_m: ({ index }) => 1_900 + index * 400,
  begins: () => 8 * 60,
  by: ({ index }) => 1 + index,
  call_back_tries: ({ index }) => index % 3,
  edition: ({ index }) => 3 - (index % 3),
  ends: () => 16 * 60,
  left_off: () => 0,
  level: ({ index }) => 1 + index,
  number: ({ index }) => 1 + index,
  oldest_s: () => 24,
  report_count: ({ index }) => at([3, 1, 2, 4, 1], index),
  rows: ({ index }) => 1 + index,
  radius_m: ({ index }) => at([60, 120], index),
  seconds: ({ index }) => at([18, 9], index),
  expected_travel_s: travelOf,
  travel_s: travelOf,
  unit_count: ({ index }) => at([1, 2], index),
  version: ({ index }) => 1 + (index % 3),
  escalation_level: () => 0,
  lat: ({ index }) => 60.165 + drawn('lat', index) * 0.015,
  lon: ({ index }) => 24.93 + drawn('lon', index) * 0.03,
  priority: ({ index }) => 1 + (index % 4),
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
