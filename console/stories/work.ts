/** Incidents, the units at them, and cases: which state goes with which time. */
import type { components } from '../src/api/schema';
import { at, incidentNumber, ITEMS, KINDS, ORGANISATIONS, UNITS } from './pools';
import { away } from './times';
import { idOf } from './values';

type Schemas = components['schemas'];

/** Not over yet, so nothing of its end is known. */
export const OPEN = { closed_at: null, ended_at: null } as const;
export const PHASES = ['EN_ROUTE', 'ON_SCENE', 'WAITING', 'ASSIGNED', 'REPORTED'] as const;
export const CASE_STATES = ['ASSIGNED', 'ASSIGNED', 'FILED', 'DISPUTED', 'REPORTED', 'CLOSED'] as const;
/** Minutes since an incident was received, by its phase. */
const AGES = [4, 22, 2, 5, 49] as const;
/** Minutes until a case is due; the second is late already. */
const DUE = [70, -95, 200, 310, 2900] as const;

/** Where a unit was told to be, a moment ago; of one in seven nothing was heard for long. */
const placed = (index: number) => ({
  positioned_at: away(index % 7 === 6 ? -14 : -0.1 - (index % 5) / 10),
  position_stale: index % 7 === 6,
  position_stale_after_s: 120,
});
export const organisationIdOf = (code: string): string =>
  idOf('organisation', ORGANISATIONS.findIndex((one) => one.code === code));
/** The units at an incident, by its number in the list. */
export const unitsAt = (index: number): string[] =>
  UNITS.filter(({ incident }) => incident === index % PHASES.length).map(({ call_sign }) => call_sign);

/** Who waits for what until when: for somebody to be sent, then for the first to arrive. */
function clockOf(index: number): Schemas['RunningClockOut'][] {
  const phase = at(PHASES, index);
  if (phase === 'ON_SCENE' || phase === 'REPORTED') return [];
  const code = phase === 'WAITING' ? 'dispatch' : 'arrival';
  const due = phase === 'WAITING' ? -1 : 1.5 + (index % 3);
  return [{ code, unit: '', began_at: away(due - 5), warn_at: away(due - 1), due_at: away(due), ended_at: null }];
}
export const incidentOf = (index: number) => ({
  kind: at(KINDS, index).code,
  priority: at(KINDS, index).priority,
  phase: at(PHASES, index),
  received_at: away(-at(AGES, index) - Math.floor(index / AGES.length) * 60),
  clocks: clockOf(index),
  parent: null,
  state: 'OPEN',
}) as const;
export const caseOf = (index: number) => ({
  organisation_id: at(CASE_STATES, index) === 'FILED' ? null : organisationIdOf(at(ITEMS, index).lead),
  due_at: away(at(DUE, index)),
  listed_at: index % CASE_STATES.length === 1 ? away(-60) : null,
  sealed_to: index % 7 === 6 ? [] : null,
  awaited_year: null,
  clock: 'RUNNING',
  merged_into_id: null,
  incident_id: null,
}) as const;
const jobOf = (index: number): Schemas['UnitJob'] | null => {
  const { incident, status } = at(UNITS, index);
  return incident === null ? null : { id: idOf('assignment', index), incident_id: idOf('incident', incident), incident_number: incidentNumber(incident), state: status };
};
export function unitOf(index: number): Partial<Schemas['UnitOut']> {
  const { kind, capability, status, station } = at(UNITS, index);
  const duty = status === 'OFF_DUTY' || status === 'OUT_OF_SERVICE' ? status : 'ON_DUTY';
  return { kind, status, duty, capabilities: [capability], organisation_id: idOf('organisation', station), assignment: jobOf(index), duty_reason: '', ...placed(index) };
}
/** What waits for a supervisor: each queue with the first of its rows. */
export const QUEUES = [
  { name: 'CLOCK_LATE', code: 'LIFT_TRAPPED', place: 'Vilhonkatu 7', at: -1, id: idOf('incident', 2), holder: null },
  { name: 'INCIDENT_WAITING', code: 'LIFT_TRAPPED', place: 'Vilhonkatu 7', at: -2, id: idOf('incident', 2), holder: null },
  { name: 'CALL_BACK', code: 'SILENT', place: '', at: 6, id: null, holder: null },
  { name: 'CASE_LISTED', code: '0201', place: 'Liisankatu 20', at: -60, id: idOf('case', 1), holder: 'MUNICIPAL_WORKS' },
  { name: 'CASE_TO_ASSIGN', code: '0301', place: 'Vilhonkatu 7', at: 200, id: idOf('case', 2), holder: null },
] as const;

/** A part of a joint task: the first has come, the second is still called. */
export const partOf = (index: number) => ({
  state: at(['REPORTED_IN', 'CALLED'] as const, index),
  organisation_id: idOf('organisation', 3 - (index % 2) * 2),
  decided: false,
  awaited_year: null,
  came_late: false,
  late: false,
  note: '',
  outcome: '',
  photos: [],
  due_at: index % 2 === 0 ? away(180) : null,
  holder_due_at: index % 2 === 0 ? null : away(12),
  reported_in_at: index % 2 === 0 ? away(-20) : null,
  ended_at: null,
});
