/** What the names of fields alone cannot say: which state goes with which time, and who is who. */
import { readFileSync } from 'node:fs';

import type { components } from '../src/api/schema';
import { FIGURES } from './figures';
import { PROMISES } from './words';
import { at, caseNumber, incidentNumber, ITEMS, KINDS, ORGANISATIONS, PEOPLE } from './pools';
import { CARDS, CLASSES, CLOCKS, HEADLINES, PEOPLE_ON, PROPOSED, RULES, STANDS, warningOf } from './rules';
import { away, NOW } from './times';
import { idOf, type Language } from './values';
import { CASE_STATES, OPEN, PHASES, QUEUES, caseOf, incidentOf, organisationIdOf, partOf, unitOf, unitsAt } from './work';

type Schemas = components['schemas'];
export type Fixed = {
  [Shape in keyof Schemas as Schemas[Shape] extends object ? Shape : never]?: (
    index: number,
    setting: { language: Language; inner: number },
  ) => Partial<Schemas[Shape]>;
};

const POLICIES = new URL('../../data/policies/anlan.cedarschema', import.meta.url);
/** Every permission that there is: stories show all that a screen can do. */
export const PERMISSIONS = [...readFileSync(POLICIES, 'utf8').matchAll(/"([a-z_]+\.[a-z_.]+)"/gu)].map(
  ([, name = '']) => name,
);

/** What was promised for later, as the log of the desk says it too. */
const promiseIn = (language: Language): Schemas['DueRow'] => ({ what: 'PROMISE', due_at: away(30), name: '', text: at(PROMISES, 0)[language], incident_id: null, incident_number: '' });
/** Accounts are of desks. */
const DESKS = [
  { name_zh: '指挥席', name_en: 'Command desk' },
  { name_zh: '派警一席', name_en: 'Dispatch desk 1' },
  { name_zh: '卡姆皮第二网格', name_en: 'Kamppi, cell 2' },
  { name_zh: '接警一席', name_en: 'Call desk 1' },
  { name_zh: '夜班指挥席', name_en: 'Command desk, night' },
] as const;

const CITY_BOUNDS: [number, number, number, number] = [24.92, 60.155, 24.97, 60.185];

export const FIXED: Fixed = {
  CityOut: () => ({
    name: 'helsinki',
    bounds: CITY_BOUNDS,
    centre: [24.9445, 60.17],
    attribution: '© OpenStreetMap',
    jurisdiction_zh: '赫尔辛基中心区',
    jurisdiction_en: 'Helsinki centre',
  }),
  ClosureOut: (index) => ({
    radius_m: 40 + 30 * (index % 3),
    polygon: null,
    from_at: away(index % 3 === 2 ? 90 + index : -45 - index),
    until_at: index % 3 === 1 ? null : away(240 + 400 * index),
    ended_at: null,
  }),
  KindOut: (index) => ({ ...at(KINDS, index), needs_unit: true, public: true }),
  ItemOut: (index) => ({ ...at(ITEMS, index), valid_until: null }),
  OrganisationOut: (index) => ({ ...at(ORGANISATIONS, index), id: idOf('organisation', index % ORGANISATIONS.length) }),
  UnitOut: (index) => unitOf(index),
  UnitPageOut: () => ({ ...unitOf(0), call_sign: 'F01' }),
  UnitJob: () => ({ incident_id: idOf('incident', 0), incident_number: incidentNumber(0), state: 'EN_ROUTE' }),
  IncidentRow: (index) => ({ ...incidentOf(index), units: unitsAt(index) }),
  IncidentOut: () => ({ ...OPEN, ...incidentOf(0), units: unitsAt(0), children: [], disposition: '', moves: ['close', 'divert', 'reprioritise'] }),
  SharedIncidentOut: (index) => ({ ...incidentOf(index), needs: [at(['FIRE_ENGINE', 'AMBULANCE', 'RESCUE'], index)], units: unitsAt(index), closed_at: null }),
  RoundOut: (index) => ({ number: 1 + index, closed_at: null, disposition: '', arrived_at: null }),
  RunningClockOut: () => ({ code: 'arrival', unit: '', began_at: away(-3.5), warn_at: away(0.5), due_at: away(1.5), ended_at: null }),
  ReportOut: (index) => (index === 0 ? {} : { answers: [], updates: [], photo_ids: [], text: '' }),
  CaseRow: (index) => ({ ...OPEN, ...caseOf(index), number: caseNumber(index), state: at(CASE_STATES, index) }),
  CaseStepOut: () => ({ told_at: null }),
  IncidentStepOut: () => ({ told_at: null }),
  CaseOut: () => ({ ...OPEN, ...caseOf(0), number: caseNumber(0), glass_until: null, state: 'ASSIGNED', disposition: null, verdict: null, leading: null, merged: [], sent_back_count: 0, reopened_count: 0 }),
  FieldRoundCaseOut: (index) => ({ ...OPEN, ...caseOf(index), number: caseNumber(index), state: at(['ASSIGNED', 'REPORTED'], index) }),
  CaseClockOut: () => ({ state: 'RUNNING', late: false, due_at: away(70), holder: idOf('organisation', 3), holder_due_at: away(40), awaited_year: null, calendar: 'helsinki', pauses: [], may_ask_pause: true }),
  CaseRouteOut: () => ({ reason: 'GIVEN', hops: [], holder: 'MUNICIPAL_WORKS' }),
  AssignmentOut: (index) => ({
    unit_id: idOf('unit', index === 0 ? 0 : 3),
    call_sign: at(['F01', 'L04'], index),
    state: at(['EN_ROUTE', 'ASSIGNED'], index),
    moves: at([['on_scene', 'cancel'], ['en_route', 'cancel']], index),
    assigned_at: away(-3.5),
    en_route_at: index === 0 ? away(-2.75) : null,
    on_scene_at: null,
    ended_at: null,
    outcome: '',
  }),
  CallOut: (index) => ({
    state: at(['RINGING', 'SILENT', 'ANSWERED'], index),
    moves: at([['answer'], ['reach'], ['end']], index),
    rang_at: away(-0.2 - index * 2),
    answered_at: index % 3 === 2 ? away(-4) : null,
    answered_by: '',
    call_back_due_at: index % 3 === 1 ? away(6) : null,
    call_back_tries: index % 3 === 1 ? 1 : 0,
    ended_at: null,
  }),
  JointPartRow: (index) => partOf(index),
  JointPartOut: (index) => partOf(index),
  JointTaskItem: () => ({ state: 'OPEN', closed_at: null, organisation_id: idOf('organisation', 0) }),
  JointTaskOut: () => ({ state: 'OPEN', closed_at: null, organisation_id: idOf('organisation', 0) }),
  HelpRequestOut: (index) => ({ state: at(['ASKED', 'ACCEPTED', 'FULFILLED'] as const, index), capabilities: ['UTILITY_CREW'], unit_count: 1, overdue_at: null, ended_at: null, answered_at: index === 0 ? null : away(-3 - index * 9), ...(index === 0 ? { reason: '' } : {}) }),
  ProposalOut: () => ({ capabilities: ['UTILITY_CREW'], unit_count: 1, agreed: true }),
  ShareOut: (index) => ({ running: true, ended_at: null, fields: ['kind', 'place_text', 'phase'], agency_id: idOf('organisation', 1 + index) }),
  ClocksInForceOut: () => ({ desk: 'one_three_five' }),
  ClockRulesOut: (index) => ({ ...at(RULES, index), version: '2026.1', clocks: index === 0 ? CLOCKS : CLOCKS.slice(0, 1) }),
  ReportOfClocksOut: () => ({ rules: { ...RULES[0], version: '2026.1', source_zh: '本市规定，2026 年版。', source_en: 'Rules of the city, 2026.', clocks: CLOCKS } }),
  QueueOut: (index) => {
    const { name, code, place, at: minutes, id, holder } = at(QUEUES, index);
    const row = { id, code, name: '', place_text: place, at: away(minutes), organisation_id: holder && organisationIdOf(holder) };
    return { name, count: 1, more: false, rows: [row] };
  },
  OpenPart: () => ({ count: 5 }),
  DuePart: () => ({ count: 2 }),
  PictureOut: (_, { inner, language }) => ({ ...(inner === 0 ? {} : { promised: { count: 1, rows: [promiseIn(language)] } }) }),
  OutPart: (_, { inner }) => ({ count: 1, ...(inner === 0 ? {} : { rows: [{ call_sign: 'A10', kind: 'AMBULANCE', reason: '', since_at: away(-180) }] }) }),
  OpenRow: (index) => ({ kind: incidentOf(index).kind, priority: incidentOf(index).priority, phase: at(PHASES, index), received_at: incidentOf(index).received_at, units: unitsAt(index) }),
  DeskNoteOut: (index) => ({ kind: at(['NOTE', 'PROMISE'], index), settled: false, ...(index === 0 ? { due_at: null, incident_id: null, incident_number: '' } : {}) }),
  AccountOut: (index) => ({ ...at(DESKS, index), role: at(['SUPERVISOR', 'DISPATCHER', 'GRID_OFFICER', 'CALL_TAKER'], index), username: at(['supervisor', 'dispatcher', 'grid-officer', 'call-taker', 'night-supervisor'], index), active: index !== 4, second_factor: index % 2 === 0, organisation_id: idOf('organisation', at([0, 7, 0, 7, 0], index)) }),
  SessionOut: (index) => ({ this: index === 0 }),
  ServiceKeyOut: () => ({ in_force: true, ended_at: null }),
  WitnessOut: () => ({ size: 48_213, behind: 0, wrong: '' }),
  AuditStandingOut: () => ({ size: 48_213, waiting: 3, waiting_since: NOW }),
  GlassOut: (index) => ({ number: caseNumber(6 + index * 7), opened_for_id: idOf('organisation', at([0, 7], index)), finding: null, reviewed_at: null, words: '', overdue_at: null, opened_at: away(-40 - 55 * index), until: away(-10 - 55 * index), purpose: at(['CALLS', 'DISPATCH'], index) }),
  ShiftOut: (index) => ({ state: at(['ON', 'PLANNED'], index), signed_off_at: null, ...(index === 0 ? {} : { signed_on_at: null }), crew: at(PEOPLE_ON, index) }),
  StaffOut: (index) => at(PEOPLE, index),
  CatalogueOut: () => ({ departments: ORGANISATIONS.slice(1, 5).map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en })) }),
  ClockClassOut: (index) => ({ ...at(CLASSES, index) }),
  TemporaryItemOut: (index) => ({ code: `T${String(101 + index)}`, state: at(['ASKED', 'APPROVED', 'DECLINED', 'ENDED'], index), lead: 'MUNICIPAL_WORKS' }),
  EditionOut: (index) => ({ group: at(ITEMS, index).group, size: at([12, 9], index), in_force: true, valid_until: null }),
  RoutingTableRow: (index) => ({ state: at(['PUBLISHED', 'DRAFT', 'PROPOSED', 'PUBLISHED'], index), in_force: index === 0, edition: index % 3 === 0 ? 3 - (index % 4) / 3 : null, size: 14 + index }),
  RoutingTableOut: () => ({ state: 'PUBLISHED', in_force: true, edition: 3, size: 2, may_change: false, valid_from: '2026-10-01' }),
  Row: (index) => ({ number: 1 + index, level: 1 + index, areas: [], sites: [], sources: [], items: at([['0101', '0201'], ['0301']], index), days: at(['WORKDAY', 'DAY_OFF'], index), begins: index === 0 ? 480 : null, ends: index === 0 ? 960 : null, valid_from: null, valid_until: null, held_by: null, to: at(['MUNICIPAL_WORKS', 'WATER'], index) }),
  FindingsOut: () => ({ findings: [], may_publish: true, cells: 112 }),
  PostureOut: (index) => ({ stands: STANDS.slice(0, 2 + (index % 2)) }),
  HoursOfferOut: (index) => ({ hours: at([5, 6], index), state: 'OFFERED', ground: null, contact_kept: true }),
  ReplayedIncidentOut: (index) => ({ phases: [{ at: away(-13), phase: 'WAITING', priority: at(KINDS, index).priority }, { at: away(-11), phase: at(PHASES, index), priority: at(KINDS, index).priority }] }),
  RunCardOut: (index) => ({
    ...at(CARDS, index),
    source_zh: '本市出动标准',
    source_en: 'Standard of attendance of the city',
    priorities: [1, 2, 3, 4],
    sites: [],
    short: [],
    valid_until: null,
  }),
  CardNameOut: (index) => at([{ id: 'rescue', version: '2026.1', code: 'LIFT' }, { id: 'traffic', version: '2026.1', code: 'ROAD_CRASH' }], index),
  RuleNameOut: () => ({ id: 'fastest', version: '2026.1' }),
  DataAgeOut: () => ({ oldest_s: 48, stale: 0, at_station: 1 }),
  CardPlaceOut: (index) => ({ capability: at(['RESCUE', 'POLICE_PATROL'], index), state: 'PROPOSED', call_sign: at(['F07', 'P09'], index), unit_id: idOf('unit', at([6, 8], index)), travel_s: at([184, 221], index) }),
  PlannedIncidentOut: (index) => ({ kind: at(['LIFT_TRAPPED', 'BREAK_IN'], index), priority: 2, number: incidentNumber(at([2, 6], index)), place_text: at(['Vilhonkatu 7', 'Hämeentie 12'], index), places: PROPOSED.slice(index, index + 1) }),
  ReasonOut: () => ({ code: 'FASTEST_OF_ALL', facts: {} }),
  WarningOut: (index) => ({ ...warningOf(index), number: `W-2026-${String(41 - index).padStart(4, '0')}` }),
  AlertOut: (index, { language }) => ({ kind: at(['Alert', 'Alert', 'Update'], index), sender: 'weather.example', infos: [{ headline: at(HEADLINES, index)[language] }] }),
  WebhookOut: (index) => ({ url: `https://${at(['water', 'traffic', 'works', 'parks'], index)}.example/anlan`, active: index !== 3, pending: index === 3 ? 6 : 0, dead: 0 }),
  AgreementOut: (index) => ({ state: at(['ACCEPTED', 'ACCEPTED', 'OFFERED', 'ENDED'], index), kinds: at([['WATER_MAIN_BURST'], ['TRAFFIC_INJURY', 'TREE_DOWN'], ['LAMP_OUT'], ['TREE_DOWN']], index), answered_at: index === 2 ? null : away(-59 * 24 * 60), ...(index === 3 ? { ends_at: away(-3 * 24 * 60), begins_at: away(-90 * 24 * 60) } : {}) }),
  DeliveryOut: () => ({ topic: 'incident.shared' }),
  AuditEntryOut: (index) => ({ number: 48_213 - index, text: JSON.stringify({ at: away(-index), table: 'casework_case', row: idOf('case', index), verb: 'UPDATE', actor: 'supervisor', purpose: 'CASEWORK', digest: 'sha256' }) }),
  VolunteerTaskItem: (index) => ({ organisation_id: idOf('organisation', 0), hours_wanted: 24, hours_offered: 11 + 5 * (index % 3), hours_given: null }),
  VolunteerTaskOut: () => ({ state: 'OPEN', hours_wanted: 24, hours_offered: 11, hours_given: null }),
  CrewMemberOut: (index) => at([{ name_zh: '车长', name_en: 'Crew leader' }, { name_zh: '驾驶员', name_en: 'Driver' }], index),
  AttachmentOut: (index) => ({ call_sign: 'F01', told_at: null, seconds: index === 0 ? null : 18 }),
  ...FIGURES,
};
