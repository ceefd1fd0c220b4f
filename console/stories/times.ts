/** When things are, by the field that says it: what comes later in the course of things is later. */
/** A Monday, half past ten in the morning in Helsinki. */
export const NOW = '2026-11-23T08:30:00Z';
const MINUTE_MS = 60_000;
/** The moment so many minutes from now. */
export function away(minutes: number): string {
  return new Date(Date.parse(NOW) + minutes * MINUTE_MS).toISOString();
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** Minutes from now for the first of a list, and from one of a list to the next. */
type Moment = readonly [first: number, step: number];

const MOMENTS: Readonly<Record<string, Moment>> = {
  rang_at: [-5, -9],
  answered_at: [-4.9, -9],
  received_at: [-4, -9],
  dispatched_at: [-3.5, -9],
  assigned_at: [-3.5, -9],
  en_route_at: [-2.75, -9],
  arrived_at: [-5, -9],
  on_scene_at: [-5, -9],
  told_at: [-1, -9],
  closed_at: [-1, -9],
  ended_at: [-1, -9],
  called_at: [-35, -9],
  opened_at: [-40, -25],
  filed_at: [-50, -70],
  begun_at: [-30, -70],
  reported_in_at: [-20, -9],
  added_at: [-6, 2],
  taken_at: [-8, -11],
  sent_at: [-9, -11],
  listed_at: [-2 * HOUR, -HOUR],
  due_at: [3 * HOUR, 5 * HOUR],
  holder_due_at: [25, 35],
  call_back_due_at: [6, 1],
  last_used_at: [-20, -DAY],
  counted_at: [-6 * HOUR, -30 * DAY],
  'AgreementOut.begins_at': [-60 * DAY, -20 * DAY],
  'AgreementOut.ends_at': [120 * DAY, -15 * DAY],
  'AlertOut.sent_at': [-30, -50],
  'AlertOut.taken_at': [-29, -50],
  'AppealOut.filed_at': [-2 * DAY, -DAY],
  'AppealStepOut.made_at': [-2 * DAY, DAY],
  'CaseRouteOut.decided_at': [-48, -9],
  'CaseStepOut.made_at': [-50, 6],
  'DeskNoteOut.due_at': [30, 0],
  'DueRow.due_at': [3, 14],
  'HandoverOut.made_at': [-1, -8 * HOUR],
  'HandoverRow.made_at': [-1, -8 * HOUR],
  'HelpRequestOut.asked_at': [-6, -9],
  'HelpRequestOut.due_at': [4, 1],
  'HoursOfferOut.offered_at': [-3 * HOUR, -HOUR],
  'AttachmentOut.added_at': [-1, -0.5],
  'BatchPlanOut.good_until': [2, 0],
  'IncidentStepOut.made_at': [-4, 0.5],
  'JointStepOut.made_at': [-40, 5],
  'MarkOut.at': [HOUR, HOUR],
  'MergedOut.filed_at': [-45, 6],
  'OutRow.since_at': [-3 * HOUR, -HOUR],
  'PhotoOut.added_at': [-49, 30],
  'PlaybackOut.since': [-4, 0],
  'PlaybackOut.until': [0, 0],
  'EntryOut.at': [-4, 0.5],
  'EntryOut.heard_at': [-4, 0.5],
  'PhaseAtOut.at': [-4, 0.5],
  'UnitAtOut.at': [-4, 0.5],
  'LastSeenOut.at': [-2, 0],
  'PostureOut.made_at': [-20 * DAY, -9 * DAY],
  'ReviewNoteOut.made_at': [-4, 1],
  'RoundOut.closed_at': [-1, 0],
  'RoutingStepOut.made_at': [-9 * DAY, 12 * HOUR],
  'RoutingTableOut.changed_at': [-7 * DAY, -40 * DAY],
  'RoutingTableRow.changed_at': [-7 * DAY, -40 * DAY],
  'ServiceKeyOut.expires_at': [60 * DAY, 30 * DAY],
  'SessionOut.began_at': [-150, -5 * HOUR],
  'SessionOut.last_seen_at': [-1, -4 * HOUR],
  'SharedIncidentOut.ends_at': [20 * HOUR, HOUR],
  'ShiftOut.begins_at': [-150, 8 * HOUR],
  'ShiftOut.ends_at': [330, 8 * HOUR],
  'ShiftOut.signed_on_at': [-149, 0],
  'StepOut.made_at': [-DAY, DAY - 149],
  'TakeoverOut.taken_at': [-0.5, 0],
  'UpdateOut.added_at': [-3, 1],
  'VolunteerStepOut.made_at': [-5 * HOUR, 2 * HOUR],
  'VolunteerTaskItem.begins_at': [6 * HOUR, DAY],
  'VolunteerTaskItem.ends_at': [10 * HOUR, DAY],
  'VolunteerTaskOut.begins_at': [6 * HOUR, DAY],
  'VolunteerTaskOut.ends_at': [10 * HOUR, DAY],
  'WarningMessageOut.sent_at': [-15, 5],
  'WarningOut.expires_at': [11 * HOUR, HOUR],
  'WitnessOut.cosigned_at': [-1, -1],
  'AuditStandingOut.sealed_at': [-0.5, 0],
};
/** What is still to come where no line says when. */
const LATER = /^(?:due|ends|expires|until|shift_ends|good_until|holder_due|review_due|call_back_due|valid_until|appeal_until)/u;
const PAST: Moment = [-3, -7];
const COMING: Moment = [8 * HOUR, HOUR];
/** Days begin and end by weeks, a report by the day. */
const DAYS: Readonly<Record<string, Moment>> = {
  'EvaluationRow.first_day': [-52, -30],
  'EvaluationRow.last_day': [-23, -30],
  'EvaluationOut.first_day': [-52, -30],
  'EvaluationOut.last_day': [-23, -30],
  'MonthOut.month': [-22, -30],
  'PeriodReportOut.first': [-1, 0],
  'PeriodReportOut.last': [-1, 0],
  'RunCardOut.valid_from': [-326, 0],
  'EditionOut.valid_from': [-326, 0],
  'CountedCaseOut.closed_on': [-24, -1],
};
const WEEK: Moment = [-7, -7];
const COMING_WEEK: Moment = [30, 7];

interface Told {
  shape: string;
  name: string;
  index: number;
}

const placed = ([first, step]: Moment, index: number): number => first + step * index;
const among = (table: Readonly<Record<string, Moment>>, { shape, name }: Told): Moment | undefined =>
  table[`${shape}.${name}`] ?? table[name];

/** When a field's moment is. */
export function momentOf(field: Told): string {
  return away(placed(among(MOMENTS, field) ?? (LATER.test(field.name) ? COMING : PAST), field.index));
}

/** Which day a field's day is. */
export function dayOf(field: Told): string {
  const days = placed(among(DAYS, field) ?? (LATER.test(field.name) ? COMING_WEEK : WEEK), field.index);
  return away(days * DAY).slice(0, 10);
}
