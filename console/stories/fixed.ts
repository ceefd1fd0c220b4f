/** What the names of fields alone cannot say: which state goes with which time, and who is who. */
import { readFileSync } from 'node:fs';

import type { components } from '../src/api/schema';
import { at, ITEMS, KINDS, ORGANISATIONS, PEOPLE, UNIT_KINDS } from './pools';
import { idOf, NOW, type Language } from './values';

type Schemas = components['schemas'];
type Fixed = {
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

const MINUTE_MS = 60_000;
const away = (minutes: number): string =>
  new Date(Date.parse(NOW) + minutes * MINUTE_MS).toISOString();

/** Not over yet, so nothing of its end is known. */
const OPEN = { closed_at: null, ended_at: null } as const;
const PHASES = ['WAITING', 'ASSIGNED', 'EN_ROUTE', 'ON_SCENE', 'REPORTED'] as const;
const STATUSES = ['AVAILABLE', 'EN_ROUTE', 'ON_SCENE', 'AVAILABLE', 'ASSIGNED', 'OFF_DUTY'] as const;
const CASE_STATES = ['FILED', 'ASSIGNED', 'REPORTED', 'DISPUTED', 'VERIFIED', 'CLOSED'] as const;

const CITY_BOUNDS: [number, number, number, number] = [24.92, 60.155, 24.97, 60.185];

/** Where a unit was told to be, a moment ago; of one in seven nothing was heard for long. */
const placed = (index: number) => ({
  positioned_at: away(index % 7 === 6 ? -14 : -0.1 - (index % 5) / 10),
  position_stale: index % 7 === 6,
  position_stale_after_s: 120,
});
const namedAs = (pool: typeof KINDS, index: number) => ({
  name_zh: at(pool, index).name_zh,
  name_en: at(pool, index).name_en,
});
const WARNING = {
  zh: { event: '停水', headline: '市中心部分街道今晚停水', description: '因管道抢修，18时至22时曼纳海姆大道沿线停水。', instruction: '请提前储水。', area: '曼纳海姆大道沿线' },
  en: { event: 'Water cut', headline: 'No water in parts of the centre this evening', description: 'A main is repaired: no water along Mannerheimintie from 18:00 to 22:00.', instruction: 'Fill a bucket before.', area: 'Along Mannerheimintie' },
};

type PeriodFigure = Schemas['PeriodFigureOut'];
const FIGURE = { n: null, low: null, high: null } as const;
const part = (name: PeriodFigure['part'], rest: Omit<PeriodFigure, 'part' | 'n' | 'low' | 'high'>) =>
  ({ ...FIGURE, part: name, ...rest }) satisfies PeriodFigure;

/** A day in figures: calls by hour with a peak in the morning and one in the evening, and the rest. */
const PERIOD: PeriodFigure[] = [
  ...Array.from({ length: 24 }, (_, hour) =>
    part('demand_hour', { code: 'received', key: String(hour), unit: 'COUNT', value: Math.round(9 + 6 * Math.sin(hour / 2.2) + hour / 3), name_zh: '接报', name_en: 'Received' }),
  ),
  part('demand_area', { code: 'received', key: '910101', unit: 'COUNT', value: 61, name_zh: '接报', name_en: 'Received' }),
  { ...part('response', { code: 'processing', key: '', unit: 'SECONDS', value: 88, name_zh: '警情处理，90 百分位', name_en: 'Processing, 90th percentile' }), n: 118, low: 79, high: 96 },
  part('closing', { code: 'closed', key: '', unit: 'COUNT', value: 47, name_zh: '已结案', name_en: 'Closed' }),
  { ...part('rework', { code: 'returned', key: '', unit: 'SHARE', value: 0.064, name_zh: '退回重办', name_en: 'Sent back' }), n: 47, low: 0.022, high: 0.172 },
  part('workload', { code: 'open', key: '', unit: 'COUNT', value: 132, name_zh: '在办', name_en: 'Open' }),
];

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
  UnitOut: (index) => ({
    kind: at(UNIT_KINDS, index),
    status: at(STATUSES, index),
    duty: at(STATUSES, index) === 'OFF_DUTY' ? 'OFF_DUTY' : 'ON_DUTY',
    duty_reason: '',
    ...placed(index),
  }),
  UnitPageOut: () => ({ kind: 'FIRE_ENGINE', status: 'EN_ROUTE', duty: 'ON_DUTY', duty_reason: '', call_sign: 'F01', ...placed(0) }),
  IncidentRow: (index) => ({
    kind: at(KINDS, index).code,
    priority: at(KINDS, index).priority,
    state: 'OPEN',
    phase: at(PHASES, index),
    parent: null,
    units: index % 3 === 0 ? [] : ['F01', 'A02'].slice(0, index % 3),
  }),
  IncidentOut: () => ({ ...OPEN, state: 'OPEN', phase: 'EN_ROUTE', parent: null, disposition: '', priority: 1, kind: 'FIRE_STRUCTURE', moves: ['close', 'divert', 'reprioritise'] }),
  RunningClockOut: (index) => ({ code: 'processing', unit: '', began_at: away(-3 - index), warn_at: away(1 - index), due_at: away(2 - index), ended_at: null }),
  CaseRow: (index) => ({ ...OPEN, state: at(CASE_STATES, index), clock: 'RUNNING', merged_into_id: null }),
  CaseOut: () => ({ ...OPEN, glass_until: null, sealed_to: [], state: 'ASSIGNED', clock: 'RUNNING', merged_into_id: null, disposition: null, verdict: null }),
  AssignmentOut: (index) => ({ state: at(['EN_ROUTE', 'ASSIGNED', 'ON_SCENE'], index), moves: ['on_scene', 'cancel'], outcome: '', ended_at: null }),
  CallOut: (index) => ({
    state: at(['RINGING', 'SILENT', 'ANSWERED'], index),
    moves: at([['answer'], ['reach'], ['end']], index),
    call_back_due_at: index % 3 === 1 ? away(6) : null,
    ended_at: null,
  }),
  JointPartRow: () => ({ ended_at: null }),
  JointPartOut: () => ({ ended_at: null }),
  JointTaskOut: () => ({ state: 'OPEN', closed_at: null }),
  HelpRequestOut: () => ({ answered_at: null }),
  FiguresOut: (index) => ({ code: at(['answer', 'processing'], index), n: 118, p50_s: 42, p90_s: 88 }),
  ClockRuleOut: (index) => ({ code: at(['answer', 'processing'], index), name_zh: at(['接警', '警情处理'], index), name_en: at(['Answer', 'Processing'], index) }),
  StaffingOut: (index) => ({ kind: at(UNIT_KINDS, index), free: 3 + index, busy: 1 + index, out: index % 2 }),
  RunCardOut: (index) => ({
    code: at(['STRUCTURE_FIRE', 'LIFE_AT_RISK', 'LIFT', 'ROAD_CRASH', 'WATER_MAIN'], index),
    ...namedAs(KINDS, index),
    source_zh: '本市出动标准',
    source_en: 'The city’s own standard of attendance',
    kinds: [at(KINDS, index).code, at(KINDS, index + 5).code],
    priorities: [1, 2, 3, 4],
    sites: [],
    levels: [[{ capability: 'FIREFIGHTING', count: 2 }], [{ capability: 'AMBULANCE', count: 1 }]],
    short: [],
  }),
  CardNameOut: () => ({ id: 'medical', code: 'LIFE_AT_RISK' }),
  ReasonOut: () => ({ code: 'FASTEST', facts: {} }),
  WarningOut: () => ({ status: 'Actual', urgency: 'Expected', severity: 'Moderate', certainty: 'Likely', response: 'Prepare', words: WARNING }),
  AlertOut: (index) => ({ kind: 'Alert', sender: 'weather.example', infos: [{ headline: at(['Storm from the sea', 'Ice on roads', 'Heavy snow'], index) }] }),
  WebhookOut: (index) => ({ url: 'https://power.example/anlan', active: index % 2 === 0, dead: 0 }),
  DeliveryOut: () => ({ topic: 'incident.shared' }),
  OutRow: () => ({ kind: 'FIRE_ENGINE' }),
  AuditEntryOut: (index) => ({ text: JSON.stringify({ at: away(-index), table: 'casework_case', row: idOf('case', index), verb: 'UPDATE', actor: 'supervisor', purpose: 'CASEWORK', digest: 'sha256' }) }),
  VolunteerTaskItem: (index) => ({ hours_wanted: 24, hours_offered: 6 + 5 * (index % 4), hours_given: null }),
  VolunteerTaskOut: () => ({ state: 'OPEN', hours_wanted: 24, hours_offered: 11, hours_given: null }),
  AccountOut: (index) => ({ ...at(PEOPLE, index), role: at(['SUPERVISOR', 'DISPATCHER', 'GRID_OFFICER', 'CALL_TAKER'], index) }),
  CrewMemberOut: (index) => at(PEOPLE, index),
  StaffOut: (index) => at(PEOPLE, index),
  WallOut: () => ({ at: NOW }),
  HourOut: (index) => ({ began_at: away(-60 * (8 - index)), received: 14 + ((index * 5) % 11), expected: 17 + ((index * 3) % 4) }),
  PeriodReportOut: (_, { inner }) => ({ figures: inner === 0 ? [] : PERIOD }),
  TalliesOut: (_, { inner }) => ({
    response_clock: inner === 0 ? {} : Object.fromEntries(['answer', 'processing'].map((code, place) => [code, { n: 118 - place, missing: place, p50_s: 8 + 34 * place, p90_s: 14 + 74 * place, compliance: 0.95 - place / 9, compliance_low: 0.9 - place / 9, compliance_high: 0.98 - place / 9, rings: [] }])),
  }),
};
