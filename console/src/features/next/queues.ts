/** What waits, by the name of its queue: how it is told, where it is opened, where all of it is. */
import type { Me } from '../../api/types';

/** What the code of a row names. */
export type Named = 'item' | 'kind' | 'gap' | 'unit' | 'call' | 'role' | 'cell' | 'holder' | 'none';

export interface QueueLook {
  named: Named;
  /** Whether the time of a row is a term, or since when it waits. */
  time: 'due' | 'since';
  /** It is late already: said in colour, by a mark and in words. */
  isLate?: boolean;
  /** Where one row is opened; all of them are where the list is. */
  row?: (id: string) => string;
  list: (me: Me) => string;
}

const ofCase = (id: string): string => `/cases/${id}`;
const ofTask = (id: string): string => `/joint-tasks/${id}`;
const ofIncident = (id: string): string => `/incidents/${id}`;
const ofUnit = (id: string): string => `/units/${id}`;
const own = (me: Me): string => `organisation=${me.organisation.id}`;

const CASES = { named: 'item', time: 'due', row: ofCase } as const;
const PARTS = { named: 'item', time: 'due', row: ofTask } as const;

export const QUEUES: Record<string, QueueLook> = {
  CALL_RINGING: { named: 'call', time: 'since', list: () => '/call' },
  CALL_BACK: { named: 'call', time: 'due', list: () => '/call' },
  CLOCK_LATE: { named: 'kind', time: 'due', isLate: true, row: ofIncident, list: () => '/incidents' },
  INCIDENT_WAITING: {
    named: 'kind',
    time: 'since',
    row: ofIncident,
    list: () => '/incidents?view=waiting',
  },
  HANDOVER_TO_TAKE: {
    named: 'none',
    time: 'since',
    row: (id) => `/handover/${id}`,
    list: () => '/handover',
  },
  HELP_UNANSWERED: { named: 'none', time: 'due', row: ofIncident, list: () => '/incidents' },
  PROMISE_DUE: { named: 'none', time: 'due', list: () => '/handover' },
  SHIFT_OVER: { named: 'none', time: 'due', row: ofUnit, list: () => '/units' },
  UNIT_OUT: { named: 'unit', time: 'since', row: ofUnit, list: () => '/units' },
  WARNING_TO_APPROVE: { named: 'none', time: 'due', list: () => '/warnings' },
  WARNING_TO_PUBLISH: { named: 'none', time: 'due', list: () => '/warnings' },
  CLOSURE_ENDING: {
    named: 'none',
    time: 'due',
    row: (id) => `/closures?closure=${id}`,
    list: () => '/closures',
  },
  CASE_LATE: {
    ...CASES,
    isLate: true,
    list: (me) => `/cases?state=ASSIGNED&only=late&${own(me)}`,
  },
  CASE_TO_TAKE: { ...CASES, list: (me) => `/cases?state=ASSIGNED&${own(me)}` },
  CASE_IN_HAND: { ...CASES, list: (me) => `/cases?state=ASSIGNED&${own(me)}` },
  PART_TO_ANSWER: { ...PARTS, list: () => '/joint-tasks?view=called' },
  PART_TO_FINISH: { ...PARTS, list: () => '/joint-tasks?view=called' },
  CASE_DISPUTED: { ...CASES, list: () => '/cases?state=DISPUTED' },
  PART_REFUSED: { ...PARTS, list: () => '/joint-tasks?view=refused' },
  CASE_SENT_BACK: { ...CASES, list: () => '/cases?state=FILED' },
  CASE_TO_ASSIGN: { ...CASES, list: () => '/cases?state=FILED' },
  CASE_TO_VERIFY: { ...CASES, list: () => '/cases?state=REPORTED' },
  CASE_TO_CLOSE: { ...CASES, list: () => '/cases?state=VERIFIED' },
  PAUSE_TO_DECIDE: { ...CASES, time: 'since', list: () => '/cases?state=ASSIGNED' },
  CASE_LISTED: { ...CASES, time: 'since', isLate: true, list: () => '/cases?only=listed' },
  PART_LATE: { ...PARTS, isLate: true, list: () => '/joint-tasks?view=late' },
  PART_UNANSWERED: { ...PARTS, list: () => '/joint-tasks?view=mine' },
  TASK_TO_CLOSE: { ...PARTS, time: 'since', list: () => '/joint-tasks?view=mine' },
  HOURS_TO_CONFIRM: {
    named: 'none',
    time: 'since',
    row: (id) => `/volunteers/${id}`,
    list: () => '/volunteers',
  },
  APPEAL_TO_DECIDE: {
    named: 'holder',
    time: 'since',
    row: (id) => `/evaluation?month=${id}`,
    list: () => '/evaluation',
  },
  STUDY_UNFINISHED: {
    named: 'none',
    time: 'since',
    row: (id) => `/planner?study=${id}`,
    list: () => '/planner',
  },
  KIND_WITHOUT_CARD: { named: 'gap', time: 'since', list: () => '/run-cards' },
  ITEM_TO_DECIDE: { named: 'none', time: 'since', list: () => '/catalogue' },
  GLASS_TO_REVIEW: { named: 'none', time: 'due', list: () => '/broken-glass' },
  ROUTING_TO_PUBLISH: {
    named: 'none',
    time: 'since',
    row: (id) => `/routing/${id}`,
    list: () => '/routing',
  },
  ROUTING_DRAFT: {
    named: 'none',
    time: 'since',
    row: (id) => `/routing/${id}`,
    list: () => '/routing',
  },
  ACCOUNT_WITHOUT_FACTOR: { named: 'role', time: 'since', list: () => '/accounts' },
  UNIT_WITHOUT_ACCOUNT: { named: 'unit', time: 'since', row: ofUnit, list: () => '/units' },
  CELL_WITHOUT_OWNER: { named: 'cell', time: 'since', list: () => '/map' },
  HOOK_FAILING: { named: 'none', time: 'since', isLate: true, list: () => '/agreements' },
  AGREEMENT_ENDING: { named: 'holder', time: 'due', list: () => '/agreements' },
  KEY_ENDING: { named: 'none', time: 'due', list: () => '/accounts' },
  LOG_WRONG: { named: 'none', time: 'since', isLate: true, list: () => '/audit' },
};

/** By role: what comes first. Whatever else waits for it comes after, in the server's order. */
const FIRST: Record<string, readonly string[]> = {
  CALL_TAKER: ['CALL_RINGING', 'CALL_BACK'],
  DISPATCHER: ['CLOCK_LATE', 'INCIDENT_WAITING', 'CALL_RINGING', 'CALL_BACK', 'HELP_UNANSWERED'],
  SUPERVISOR: [
    'CLOCK_LATE', 'INCIDENT_WAITING', 'CALL_RINGING', 'CALL_BACK', 'HANDOVER_TO_TAKE',
    'CASE_DISPUTED', 'PART_REFUSED', 'CASE_SENT_BACK', 'CASE_TO_ASSIGN', 'GLASS_TO_REVIEW',
  ],
  DEPARTMENT_DESK: ['CASE_LATE', 'PART_TO_ANSWER', 'CASE_TO_TAKE', 'CASE_IN_HAND', 'PART_TO_FINISH'],
  STREET_DESK: ['PART_LATE', 'PART_UNANSWERED', 'TASK_TO_CLOSE'],
  ADMINISTRATOR: ['HOOK_FAILING', 'ACCOUNT_WITHOUT_FACTOR', 'CELL_WITHOUT_OWNER'],
  AUDITOR: ['LOG_WRONG', 'GLASS_TO_REVIEW'],
};

/** Queues in the order in which a role works through them. */
export function inOrderOf<One extends { name: string }>(role: string, queues: readonly One[]): One[] {
  const first = FIRST[role] ?? [];
  const place = ({ name }: One): number => {
    const found = first.indexOf(name);
    return found === -1 ? first.length : found;
  };
  return queues.filter(({ name }) => name in QUEUES).toSorted((a, b) => place(a) - place(b));
}
