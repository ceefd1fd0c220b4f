/** What a server with nothing, little, or very much in it answers; or one that fails. */
import { PERMISSIONS } from './fixed';
import { LITTLE, rowsOf, valueOf, type Setting } from './make';
import { goodAnswer, meant, operationAt, type Operation, type Schema } from './schema';
import { idOf, indexOf, type Field, type Language } from './values';

export const DATA = ['empty', 'small', 'full', 'failing'] as const;
export type Data = (typeof DATA)[number];

export interface Question {
  method: string;
  /** The address with its query. */
  address: string;
  language: Language;
  data: Data;
  role: string;
}

export interface Reply {
  status: number;
  body: unknown;
}

/** So many rows a list has that comes by the page. */
export const FULL_ROWS = 10_000;
const SMALL_ROWS = 5;
/** Lists of which little is more than five rows, or fewer. */
const SMALL_ROWS_OF: Record<string, number> = {
  list_units: 11,
  list_agreements: 4,
  list_broken_glass: 3,
  list_help_requests: 3,
  list_joint_tasks: 2,
  list_road_closures: 3,
  list_routing_tables: 4,
  list_shared_incidents: 3,
  list_volunteer_tasks: 3,
  list_reports_of_incident: 2,
  explain_case_routes: 1,
  list_assignments: 2,
  list_open_calls: 3,
  list_own_sessions: 2,
  list_handovers: 3,
  list_postures: 4,
  list_webhooks: 4,
  list_review_notes: 3,
  similar_incidents: 1,
  list_similar_cases: 1,
};
const PAGE_ROWS = 50;
/** Rows of a list that comes as a whole, where the server has a bound of its own for it. */
const WHOLE_ROWS: Record<string, number> = {
  list_units: 2_000,
  list_crew_members: 2_000,
  list_staff: 2_000,
  list_sites: 5_000,
  list_road_closures: 500,
  list_catalogue_changes: 200,
  list_own_views: 30,
};
/** Of lists without one: what a city of ten million needs. */
const MANY_ROWS = 200;
const INNER_ROWS = { empty: 0, small: LITTLE, full: 12, failing: 0 } as const;

/** What everything is named by. It is there also while nothing else is. */
const NAMES = new Set(['get_city', 'list_kinds', 'list_items', 'list_organisations', 'get_clock_rules', 'list_jurisdictions', 'list_agencies', 'get_catalogue', 'list_ways_to_sign_in']);
const NAMED_ROWS = 8;
/** What is lost: nothing, ever. One story shows how that would be told. */
const LOST = 'list_gaps';

function settingOf({ data, language }: Question, operation: Operation): Setting {
  return { language, inner: NAMES.has(operation.operationId) ? LITTLE : INNER_ROWS[data] };
}

function rowsOfWhole(operation: Operation, data: Data): number {
  if (NAMES.has(operation.operationId)) return NAMED_ROWS;
  if (operation.operationId === LOST && data === 'small') return 0;
  if (data === 'full') return WHOLE_ROWS[operation.operationId] ?? MANY_ROWS;
  return data === 'small' ? (SMALL_ROWS_OF[operation.operationId] ?? SMALL_ROWS) : 0;
}

/** A page of a list, and where the next one begins. */
function pageOf(schema: Schema, field: Field, setting: Setting, question: Question, small: number): object {
  const { items } = schema.properties ?? {};
  const query = new URL(question.address, 'http://stories').searchParams;
  const from = indexOf(query.get('after') ?? '');
  const rows = { empty: 0, small, full: FULL_ROWS, failing: 0 }[question.data];
  const to = Math.min(rows, from + Number(query.get('limit') ?? PAGE_ROWS));
  const row = meant(items ?? {}).items ?? {};
  return {
    items: rowsOf(row, field, setting, { from, to }),
    next: to < rows ? idOf('page', to) : null,
  };
}

/** Whose the account is, where it is not the coordination centre's. */
const ORGANISATION_OF: Record<string, number> = { AGENCY_DESK: 1, CREW: 5 };

/** The one who looks: in each story who needs its screen, and may do all that it offers. */
function meOf(made: unknown, { role }: Question): object {
  return {
    ...(made as object),
    role,
    organisation: valueOf({ $ref: '#/components/schemas/OrganisationOut' }, { shape: '', name: '', index: ORGANISATION_OF[role] ?? 0, language: 'en' }, { language: 'en', inner: 0 }),
    username: role.toLowerCase().replaceAll('_', '-'),
    name_zh: '值班人员',
    name_en: 'On duty',
    permissions: PERMISSIONS,
    purposes: ['DISPATCH', 'CALLS', 'CASEWORK', 'REVIEW', 'RESPONSE', 'ADMINISTRATION', 'EVALUATION', 'AUDIT'],
    factor_needed: false,
  };
}

const isPage = ({ properties = {} }: Schema): boolean => 'items' in properties && 'next' in properties;

/** A thing bears the id that it was asked by. */
function withId(made: unknown, id: string | undefined): unknown {
  const hasOwn = typeof made === 'object' && made !== null && 'id' in made;
  return hasOwn && id !== undefined ? { ...made, id } : made;
}

function bodyOf(schema: Schema, operation: Operation, named: readonly string[], question: Question): unknown {
  const field: Field = { shape: '', name: '', index: indexOf(named[0] ?? ''), language: question.language };
  const setting = settingOf(question, operation);
  const meaning = meant(schema);
  if (meaning.type === 'array') {
    const to = rowsOfWhole(operation, question.data);
    return rowsOf(meaning.items ?? {}, field, setting, { from: 0, to });
  }
  const made = valueOf(schema, field, setting);
  if (isPage(meaning)) return { ...(made as object), ...pageOf(meaning, field, setting, question, SMALL_ROWS_OF[operation.operationId] ?? SMALL_ROWS) };
  return operation.operationId === 'who_am_i' ? meOf(made, question) : withId(made, named[0]);
}

const REFUSALS = {
  zh: { title: '服务器出错', detail: '服务器未能完成此请求，已记入日志。' },
  en: { title: 'The server failed', detail: 'The server could not complete this request. It was recorded.' },
};

/** The answer to a request. Who is signed in is told in every story, everything else may fail. */
export function answerTo(question: Question): Reply {
  const path = question.address.split('?')[0] ?? '';
  const asked = operationAt(question.method, path);
  if (asked === null) return { status: 404, body: { title: `${question.method} ${path}`, code: 'not_found' } };
  const { operation, named } = asked;
  if (question.data === 'failing' && operation.operationId !== 'who_am_i') {
    return { status: 500, body: { ...REFUSALS[question.language], status: 500, code: 'server.failed' } };
  }
  const { status, schema } = goodAnswer(operation);
  return { status, body: schema === null ? null : bodyOf(schema, operation, named, question) };
}
