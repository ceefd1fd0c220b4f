/** What a crew does with its assignment, and how that is told to the server. */
import type { Act } from './acts';
import { api } from './client';
import { bodyOf } from './problem';
import type { Assignment } from './types';

export type MoveName = 'en_route' | 'on_scene' | 'clear';
export type State = Assignment['state'];

export type CrewDeed =
  | { kind: 'move'; move: MoveName; outcome: string }
  | { kind: 'photo'; content: Blob }
  | { kind: 'voice'; content: Blob; seconds: number };

const TARGET: Record<MoveName, State> = {
  en_route: 'EN_ROUTE',
  on_scene: 'ON_SCENE',
  clear: 'CLEARED',
};

/** How far along its way a state is. A cancelled assignment is on no way any more. */
const WAY: Partial<Record<string, number>> = { ASSIGNED: 0, EN_ROUTE: 1, ON_SCENE: 2, CLEARED: 3 };

function isAhead(target: State, present: string): boolean {
  const [to, from] = [WAY[target], WAY[present]];
  return to !== undefined && from !== undefined && to > from;
}

/** The state that an assignment will have once the acts that wait have been taken. */
export function stateAfter({ id, state }: Assignment, acts: readonly Act[]): State {
  let after = state;
  for (const { subjectId, deed, refusal } of acts) {
    if (subjectId !== id) continue;
    if (refusal !== null) break;
    if (deed.kind === 'move' && isAhead(TARGET[deed.move], after)) after = TARGET[deed.move];
  }
  return after;
}

/**
 * Whether a move that another device of the crew made already, or has gone beyond, is as good as
 * done. One that carries words never is: they would be lost.
 */
export function isCrewDeedDone(deed: CrewDeed, state: string): boolean {
  if (deed.kind !== 'move' || deed.outcome !== '') return false;
  return state in WAY && !isAhead(TARGET[deed.move], state);
}

/** A form with one file. */
function formOf(field: string, content: Blob): FormData {
  const form = new FormData();
  form.append(field, content, field);
  return form;
}

function formRequest(act: Act, field: string, content: Blob) {
  return {
    headers: { 'Idempotency-Key': act.id },
    bodySerializer: () => formOf(field, content),
  };
}

async function sendMove(act: Act, move: string, outcome: string): Promise<Assignment> {
  return bodyOf(
    await api.POST('/api/v1/assignments/{assignment_id}/moves/{move}', {
      params: { path: { assignment_id: act.subjectId, move } },
      headers: { 'Idempotency-Key': act.id },
      body: { outcome, reason: '', told_at: act.toldAt },
    }),
  );
}

/** Tell the server of an act; the assignment that it moved, if it moved one. */
export async function sendCrewDeed(act: Act<CrewDeed>): Promise<Assignment | null> {
  const { deed, subjectId: assignment_id, toldAt: told_at } = act;
  if (deed.kind === 'move') return sendMove(act, deed.move, deed.outcome);
  const request = formRequest(act, deed.kind, deed.content);
  if (deed.kind === 'photo') {
    const params = { path: { assignment_id }, query: { told_at } };
    const body = { photo: '' };
    bodyOf(await api.POST('/api/v1/assignments/{assignment_id}/photos', { params, body, ...request }));
  } else {
    const params = { path: { assignment_id }, query: { told_at, seconds: deed.seconds } };
    const body = { voice: '' };
    bodyOf(
      await api.POST('/api/v1/assignments/{assignment_id}/voice-notes', { params, body, ...request }),
    );
  }
  return null;
}
