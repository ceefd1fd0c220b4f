/** Figures of one day that agree with each other: what came in is open, linked, diverted or closed. */
import type { components } from '../src/api/schema';
import type { Fixed } from './fixed';
import { at, CELLS, KINDS, ORGANISATIONS, UNIT_KINDS } from './pools';
import { away, NOW } from './times';

type Schemas = components['schemas'];
type PeriodFigure = Schemas['PeriodFigureOut'];
const FIGURE = { n: null, low: null, high: null } as const;
const part = (name: PeriodFigure['part'], rest: Omit<PeriodFigure, 'part' | 'n' | 'low' | 'high'>) =>
  ({ ...FIGURE, part: name, ...rest }) satisfies PeriodFigure;

/** Calls by the hour of a day: few at night, most in the late afternoon. */
const BY_HOUR = [3, 2, 2, 1, 1, 2, 4, 7, 9, 8, 7, 7, 8, 8, 7, 8, 10, 11, 10, 8, 7, 6, 5, 4];
const RECEIVED = BY_HOUR.reduce((sum, count) => sum + count, 0);
const AREAS = [61, 48, 36];
const received = (name: 'demand_hour' | 'demand_area', key: string, value: number, names = { name_zh: '接报', name_en: 'Received' }) =>
  part(name, { code: 'received', key, unit: 'COUNT', value, ...names });
const share = (name: 'closing' | 'rework', code: string, value: number, n: number, names: { name_zh: string; name_en: string }) => ({
  ...part(name, { code, key: '', unit: 'SHARE', value, ...names }),
  n,
  low: value - 0.045,
  high: value + 0.05,
});
const ALL = { name_zh: '全部', name_en: 'All' };
const PERIOD: PeriodFigure[] = [
  ...BY_HOUR.map((count, hour) => received('demand_hour', String(hour), count)),
  ...AREAS.map((count, index) => received('demand_area', String(910101 + index), count, at(CELLS, index))),
  { ...part('response', { code: 'p90', key: 'dispatch', unit: 'SECONDS', value: 88, name_zh: '派警', name_en: 'Dispatch' }), n: 118, low: 79, high: 96 },
  { ...part('response', { code: 'p90', key: 'arrival', unit: 'SECONDS', value: 402, name_zh: '到场', name_en: 'Arrival' }), n: 114, low: 371, high: 440 },
  part('closing', { code: 'filed', key: '', unit: 'COUNT', value: 52, ...ALL }),
  part('closing', { code: 'closed', key: '', unit: 'COUNT', value: 47, ...ALL }),
  share('closing', 'promise_kept', 0.915, 47, ALL),
  share('rework', 'reworked', 0.064, 47, ALL),
  ...[1, 2, 3].map((index) => part('workload', { code: 'filed', key: at(ORGANISATIONS, index).code, unit: 'COUNT', value: 9 + index * 4, ...namesOf(ORGANISATIONS, index) })),
];

function namesOf(pool: readonly { name_zh: string; name_en: string }[], index: number) {
  const { name_zh, name_en } = at(pool, index);
  return { name_zh, name_en };
}

/** Open, linked, diverted and closed of each kind. */
const BY_KIND = [
  [1, 1, 0, 4], [1, 3, 0, 38], [1, 0, 0, 7], [1, 4, 0, 12], [1, 2, 3, 6], [0, 1, 6, 9], [0, 0, 1, 18], [0, 0, 14, 11],
] as const;
const tally = ([open, linked, diverted, closed]: readonly [number, number, number, number]): Schemas['TallyOut'] => ({
  open, linked, diverted, closed, received: open + linked + diverted + closed, conserved: true,
});
const sumOf = (place: 0 | 1 | 2 | 3): number => BY_KIND.reduce((sum, row) => sum + row[place], 0);
const TOTAL = tally([sumOf(0), sumOf(1), sumOf(2), sumOf(3)]);

const within = (seconds: number, n: number, compliance: number): Schemas['ShareWithinOut'] => ({
  seconds, priorities: [], n, in_time: Math.round(n * compliance), compliance, low: compliance - 0.05, high: compliance + 0.03, target: 0.9, met: compliance >= 0.9,
});
/** The clocks of the day: how many were measured, and how long half and nine of ten took. */
const CLOCKS = [
  { code: 'answer', n: 145, missing: 0, p50_s: 5, p90_s: 9, limit_s: 10, kept: 0.945 },
  { code: 'dispatch', n: 118, missing: 2, p50_s: 41, p90_s: 88, limit_s: 60, kept: 0.839 },
  { code: 'arrival', n: 114, missing: 4, p50_s: 236, p90_s: 402, limit_s: 300, kept: 0.772 },
] as const;

/** Months of a year that goes on: all calls, what became of them, and what was valid. */
const MONTHS = [3104, 4021, 3877, 3990, 3752];
function monthOf(index: number) {
  const calls = at(MONTHS, index);
  const diverted = Math.round(calls * (0.11 + index / 200));
  const to_casework = Math.round(calls * 0.08);
  const false_alarms = Math.round(calls * 0.03);
  const valid = calls - diverted - to_casework - false_alarms;
  const valid_share = valid / calls;
  return { calls, valid, diverted, to_casework, false_alarms, sent_over: diverted, came_back: 9 + index * 2, valid_share, valid_share_low: valid_share - 0.013, valid_share_high: valid_share + 0.013 };
}

/** How organisations did in a month, beside what their cases would make usual. */
const RATES = [0.93, 0.88, 0.91, 0.79] as const;
function figureOf(index: number): Schemas['FigureOut'] {
  const rate = at(RATES, index);
  const cases = 160 - index * 30;
  const standing = index === 3 ? 'WORSE' : 'USUAL';
  const names = namesOf(ORGANISATIONS, 1 + index);
  const spread = 0.04 + index / 100;
  return { ...names, organisation_id: '', measure: 'IN_TIME', standing, is_hidden: false, cases, hits: Math.round(cases * rate), compared: cases, rate, expected: 0.9, adjusted: rate, weight: cases, low: 0.9 - spread, high: 0.9 + spread, outer_low: 0.9 - spread * 1.7, outer_high: Math.min(1, 0.9 + spread * 1.7) };
}
const HOURS = Array.from({ length: 12 }, (_, index) => ({
  began_at: away(-60 * (12 - index)),
  received: at(BY_HOUR, 22 + index),
  expected: at(BY_HOUR, 23 + index) + (index % 3),
}));
const WALL = {
  open_incidents: TOTAL.open,
  cases: { open: 61, late: 4, soon: 9, to_check: 6 },
  cases_filed: 52,
  cases_closed: 47,
  promises: { n: 47, kept: 43, share: 0.915, low: 0.8, high: 0.966 },
  trackers: { heard: 9, silent: 1, never: 0, last_at: away(-0.2) },
  links: { keys: 4, keys_used: 4, keys_end_soon: 0, keys_last_at: away(-1), webhooks: 4, waiting: 0, given_up: 0 },
} satisfies Partial<Schemas['WallOut']>;

export const FIGURES: Fixed = {
  FiguresOut: (index) => {
    const { code, n, missing, p50_s, p90_s, limit_s, kept } = at(CLOCKS, index);
    return { code, n, missing: missing === 0 ? {} : { NOT_ENDED: missing }, p50_s, p90_s, within: within(limit_s, n, kept), limits: [within(limit_s, n, kept)], rings: [] };
  },
  GroupOut: () => ({ key: null, received: RECEIVED }),
  MonthOut: (index) => monthOf(index),
  WaitingOut: (index) => ({ priority: at([1, 2], index), waiting: at([0, 1], index), oldest_at: index === 0 ? null : away(-6) }),
  StaffingOut: (index) => ({ kind: at(UNIT_KINDS, index), free: 3 + index, busy: 1 + index, out: index % 2 }),
  AreaLoadOut: (index) => ({ open: at([14, 9], index), late: at([2, 0], index) }),
  SectionLoadOut: (index) => ({ open: at([8, 5], index), late: at([1, 0], index) }),
  GridLoadOut: () => ({ cells: 112, with_open: 38, with_late: 3 }),
  WallOut: (_, { inner }) => ({ at: NOW, ...(inner === 0 ? {} : { ...WALL, hours: HOURS }) }),
  PeriodReportOut: (_, { inner }) => ({ figures: inner === 0 ? [] : PERIOD, rules_zh: '一三五分钟处置', rules_en: 'One, three, five minutes', rules_version: '2026.1' }),
  MeasureOut: (index) => ({ cases: 490, hits: 437, rate: 0.892, better: at(['HIGH', 'HIGH'], index), dispersion: 1 }),
  EvaluationOut: (_, { inner }) => ({ level: 0.05, minimum_cases: 20, least_members: 3, state: 'PROVISIONAL', ...(inner === 0 ? {} : { figures: RATES.map((_rate, index) => figureOf(index)) }) }),
  AppealOut: (index) => ({ measure: 'IN_TIME', ...namesOf(ORGANISATIONS, 1 + (index % 4)), ...(index % 4 === 0 ? { decision: '', decided_at: null } : {}) }),
  CalendarOut: () => ({ calendar: 'helsinki', years: [2026, 2027], awaited: [] }),
  TalliesOut: (_, { inner }) =>
    inner === 0
      ? { response_clock: {}, by_kind: {} }
      : {
          total: TOTAL,
          by_kind: Object.fromEntries(BY_KIND.map((row, index) => [at(KINDS, index).code, tally(row)])),
          dispatched: 118,
          cases_filed: 52,
          cases_closed: 47,
          response_clock: Object.fromEntries(
            CLOCKS.map(({ code, n, missing, p50_s, p90_s, kept }) => [code, { n, missing, p50_s, p90_s, compliance: kept, compliance_low: kept - 0.05, compliance_high: kept + 0.03, rings: [] }]),
          ),
        },
};
