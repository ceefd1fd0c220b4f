/** Counter-moves as they are sent: each an ordinary move with a reason, which the server may refuse. */
import { api } from './client';
import { COUNTER_MOVES, type CounterMove, type Hung, type Moved, type Stood, type Undo } from './counterMoves';
import { bodyOf, Problem } from './problem';
import { useWrite, type WriteHeaders } from './write';
import type { UndoOffer } from './undoing';

/** Code of an undo that was not sent: somebody has changed the same since. */
export const OVERTAKEN = 'undo.overtaken';

function checkStands(stands: boolean): void {
  if (!stands) throw new Problem({ code: OVERTAKEN }, 409);
}

type Sending<Stands> = (stood: Stands, reason: string, headers: WriteHeaders) => Promise<void>;
type Send<By extends CounterMove> = Sending<Stood[By]>;

const unlink: Sending<Moved> = async ({ id }, reason, headers) => {
  const params = { path: { incident_id: id } };
  bodyOf(await api.POST('/api/v1/incidents/{incident_id}/unlink', { params, headers, body: { reason } }));
};

const hang =
  (relation: 'SAME' | 'PART'): Sending<Hung> =>
  async ({ id, parentId }, reason, headers) => {
    const params = { path: { incident_id: id } };
    const body = { parent_id: parentId, relation, reason };
    bodyOf(await api.PUT('/api/v1/incidents/{incident_id}/parent', { params, headers, body }));
  };

/** The server takes any priority in an open incident: whether it is still ours is asked first. */
const reprioritise: Send<'incident_reprioritise'> = async (stood, reason, headers) => {
  const path = { incident_id: stood.id };
  const now = bodyOf(await api.GET('/api/v1/incidents/{incident_id}', { params: { path } }));
  checkStands(now.priority === stood.made);
  bodyOf(
    await api.POST('/api/v1/incidents/{incident_id}/moves/{move}', {
      params: { path: { ...path, move: 'reprioritise' } },
      headers,
      body: { priority: stood.before, reason },
    }),
  );
};

/** Every unit is called off, as far as it can be; the first refusal is what is said. */
const callOff: Send<'assignment_cancel'> = async ({ jobs }, reason) => {
  const answers = await Promise.allSettled(
    jobs.map(async ({ id, key }) =>
      bodyOf(
        await api.POST('/api/v1/assignments/{assignment_id}/moves/{move}', {
          params: { path: { assignment_id: id, move: 'cancel' } },
          headers: { 'Idempotency-Key': key },
          body: { reason },
        }),
      ),
    ),
  );
  const refused = answers.find(({ status }) => status === 'rejected');
  if (refused?.status === 'rejected') throw refused.reason;
};

type OwnCaseMove = 'merge' | 'unmerge' | 'unseal' | 'reclassify';

async function moveCase(
  id: string,
  move: OwnCaseMove,
  facts: { reason: string; leading_id?: string; item_code?: string },
  headers: WriteHeaders,
): Promise<void> {
  bodyOf(
    await api.POST('/api/v1/cases/{case_id}/moves/{move}', {
      params: { path: { case_id: id, move } },
      headers,
      body: facts,
    }),
  );
}

const reclassify: Send<'case_reclassify'> = async ({ id, before, made }, reason, headers) => {
  const params = { path: { case_id: id } };
  const now = bodyOf(await api.GET('/api/v1/cases/{case_id}', { params }));
  checkStands(now.item_code === made);
  await moveCase(id, 'reclassify', { reason, item_code: before }, headers);
};

const setDuty: Send<'unit_duty'> = async ({ id, before, made }, reason, headers) => {
  const params = { path: { unit_id: id } };
  const now = bodyOf(await api.GET('/api/v1/units/{unit_id}', { params }));
  checkStands(now.duty === made);
  const body = { duty: before.duty, reason: before.reason || reason };
  bodyOf(await api.PUT('/api/v1/units/{unit_id}/duty', { params, headers, body }));
};

const SENT: { [By in CounterMove]: Send<By> } = {
  'incident_unlink': unlink,
  'incident_take_out': unlink,
  'incident_link': hang('SAME'),
  'incident_place_under': hang('PART'),
  'incident_reprioritise': reprioritise,
  'assignment_cancel': callOff,
  'case_unmerge': ({ id }, reason, headers) => moveCase(id, 'unmerge', { reason }, headers),
  'case_merge': ({ id, parentId }, reason, headers) =>
    moveCase(id, 'merge', { reason, leading_id: parentId }, headers),
  'case_reclassify': reclassify,
  'case_unseal': ({ id }, reason, headers) => moveCase(id, 'unseal', { reason }, headers),
  'pause_lapse': async ({ id }, _reason, headers) => {
    const params = { path: { pause_id: id, move: 'lapse' as const } };
    bodyOf(await api.POST('/api/v1/case-pauses/{pause_id}/moves/{move}', { params, headers, body: { reason: null } }));
  },
  'shift_cancel': async ({ id }, reason, headers) => {
    const params = { path: { shift_id: id, move: 'cancel' } };
    bodyOf(await api.POST('/api/v1/shifts/{shift_id}/moves/{move}', { params, headers, body: { reason } }));
  },
  'unit_duty': setDuty,
};

interface Taken {
  undo: Undo;
  reason: string;
}

/** Undo what is offered, with a reason that stands in the history. */
export function useUndo({ stale }: UndoOffer) {
  return useWrite(async ({ undo, reason }: Taken, headers) => {
    // Which move goes with which facts is held by the type `Undo`.
    await SENT[COUNTER_MOVES[undo.move].by](undo.stood as never, reason, headers);
  }, stale);
}
