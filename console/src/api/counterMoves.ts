/** Which moves are undone by which: nothing is erased, the counter-move is a step of its own. */

/**
 * A move that is not here has no exact counter-move, and shows no Undo: docs/officer/screens.md says
 * which and why. `from`: the states out of which the counter-move leads back to where the thing stood;
 * none for what begins with the move. `test_counter_moves.py` holds each row against the server's
 * tables of moves, and reads them here: one row a line.
 */
export const COUNTER_MOVES = {
  'incident_link': { by: 'incident_unlink', from: ['OPEN'] },
  'incident_unlink': { by: 'incident_link', from: ['LINKED'] },
  'incident_place_under': { by: 'incident_take_out', from: ['OPEN'] },
  'incident_take_out': { by: 'incident_place_under', from: ['OPEN'] },
  'incident_reprioritise': { by: 'incident_reprioritise', from: ['OPEN'] },
  'incident_assign': { by: 'assignment_cancel', from: [] },
  'case_merge': { by: 'case_unmerge', from: ['FILED'] },
  'case_unmerge': { by: 'case_merge', from: ['MERGED'] },
  'case_reclassify': { by: 'case_reclassify', from: ['ASSIGNED', 'DISPUTED'] },
  'case_seal': { by: 'case_unseal', from: ['FILED', 'ASSIGNED', 'DISPUTED', 'REPORTED', 'VERIFIED', 'CLOSED', 'RETURNED'] },
  'pause_ask': { by: 'pause_lapse', from: [] },
  'shift_plan': { by: 'shift_cancel', from: [] },
  'unit_duty': { by: 'unit_duty', from: ['ON_DUTY', 'OFF_DUTY', 'OUT_OF_SERVICE'] },
} as const satisfies Record<string, { by: string; from: readonly string[] }>;

export type Undoable = keyof typeof COUNTER_MOVES;
export type CounterMove = (typeof COUNTER_MOVES)[Undoable]['by'];

export interface Moved {
  id: string;
}
export interface Hung extends Moved {
  parentId: string;
}

/** What each counter-move has to know of how the thing stood, and of what the move made of it. */
export interface Stood {
  'incident_unlink': Moved;
  'incident_take_out': Moved;
  'incident_link': Hung;
  'incident_place_under': Hung;
  'incident_reprioritise': Moved & { before: number; made: number };
  /** Each with the key of its own write: what was answered is not sent twice. */
  'assignment_cancel': { jobs: readonly (Moved & { key: string })[] };
  'case_unmerge': Moved;
  'case_merge': Hung;
  'case_reclassify': Moved & { before: string; made: string };
  'case_unseal': Moved;
  'pause_lapse': Moved;
  'shift_cancel': Moved;
  'unit_duty': Moved & { before: DutyStood; made: DutyStood['duty'] };
}

export interface DutyStood {
  duty: 'ON_DUTY' | 'OFF_DUTY' | 'OUT_OF_SERVICE';
  reason: string;
}

/** What may be undone: which move, of what, and how. */
export type Undo = {
  [Move in Undoable]: {
    move: Move;
    /** Number or call sign of what was moved. */
    about: string;
    stood: Stood[(typeof COUNTER_MOVES)[Move]['by']];
  };
}[Undoable];

/** What undoes a move made from this state; nothing where that would not lead back to it. */
export function undoFrom(state: string, undo: Undo): Undo | null {
  const from: readonly string[] = COUNTER_MOVES[undo.move].from;
  return from.includes(state) ? undo : null;
}
