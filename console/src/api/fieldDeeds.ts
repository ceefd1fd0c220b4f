/** What a grid officer does in the field, and how that is told to the server. */
import type { Act } from './acts';
import { queueId } from './actStore';
import { api } from './client';
import { bodyOf } from './problem';
import type { FieldCase, FieldFacts, RoundCase } from './types';
import { newKey } from './write';

export type FieldMove = 'start' | 'report' | 'send_back' | 'dispute' | 'verify' | 'rework';

/** What was found: under which item, where, in which words. */
export interface Found {
  itemCode: string;
  lon: number;
  lat: number;
  placeText: string;
  text: string;
}

export type FieldDeed =
  | { kind: 'file'; found: Found; photo: Blob | null }
  | { kind: 'case_move'; move: FieldMove; facts: FieldFacts; seen: number; number: string }
  | { kind: 'case_photo'; photo: Blob; seen: number; number: string };

export function isFieldDeed(deed: Act['deed']): deed is FieldDeed {
  return deed.kind === 'file' || deed.kind === 'case_move' || deed.kind === 'case_photo';
}

/** Whether the other side of an act is there to be read: it was done to a case that exists. */
export function isOnCase(deed: Act['deed']): boolean {
  return deed.kind === 'case_move' || deed.kind === 'case_photo';
}

/** What was done on this device to a case of the round and has not been taken yet. */
export interface Done {
  moves: FieldMove[];
  photos: number;
  isHeldUp: boolean;
}

/** All that waits here, by case. */
export function doneHere(acts: readonly Act[]): Map<string, Done> {
  const found = new Map<string, Done>();
  for (const { subjectId, deed, refusal } of acts) {
    const done = found.get(subjectId) ?? { moves: [], photos: 0, isHeldUp: false };
    if (deed.kind === 'case_move') done.moves.push(deed.move);
    if (deed.kind === 'case_photo') done.photos += 1;
    done.isHeldUp ||= refusal !== null;
    if (isOnCase(deed)) found.set(subjectId, done);
  }
  return found;
}

const NOTHING_DONE: Done = { moves: [], photos: 0, isHeldUp: false };

/** Moves that take a case out of the officer's hands. */
const ENDING: readonly FieldMove[] = ['report', 'send_back', 'dispute', 'verify', 'rework'];

/** The moves still to be made with a case, once what was done here has been taken. */
export function movesLeft({ moves }: RoundCase, done: Done = NOTHING_DONE): FieldMove[] {
  if (done.moves.some((move) => ENDING.includes(move))) return [];
  const known = [...ENDING, 'start'] as readonly string[];
  return (moves.filter((move) => known.includes(move)) as FieldMove[]).filter(
    (move) => !done.moves.includes(move),
  );
}

/** The acts on a case from one that was refused on, as done with open eyes: `seen` is what is there. */
export function redone(acts: readonly Act[], from: Act, seen: number): Act[] {
  return acts
    .filter(({ subjectId, order }) => subjectId === from.subjectId && order >= from.order)
    .map((act) => ({
      ...act,
      id: newKey(),
      refusal: null,
      deed: isFieldDeed(act.deed) && act.deed.kind !== 'file' ? { ...act.deed, seen } : act.deed,
    }));
}

function headersOf(act: Act) {
  // What this device's clock says now: with it the server puts right when it was done.
  return { 'Idempotency-Key': act.id, 'Sent-At': new Date().toISOString() };
}

async function toldOf(act: Act) {
  return { queue: await queueId(), ordinal: act.order, told_at: act.toldAt };
}

/** The same act has the same bytes each time it is sent: the fields stand in a fixed order. */
function formOf(fields: Record<string, string | number>, photo: Blob | null): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  if (photo !== null) form.append('photo', photo, 'photo');
  return form;
}

async function file(act: Act, { found, photo }: FieldDeed & { kind: 'file' }): Promise<FieldCase> {
  const { itemCode, placeText, lon, lat, text } = found;
  const fields = {
    ...(await toldOf(act)),
    item_code: itemCode,
    lon,
    lat,
    place_text: placeText,
    text,
  };
  return bodyOf(
    await api.POST('/api/v1/field/cases', {
      headers: headersOf(act),
      body: fields,
      bodySerializer: () => formOf(fields, photo),
    }),
  );
}

/** Tell the server of an act; the case as it left it. */
export async function sendFieldDeed(act: Act<FieldDeed>): Promise<FieldCase> {
  const { deed, subjectId: case_id } = act;
  if (deed.kind === 'file') return file(act, deed);
  const told = { ...(await toldOf(act)), seen: deed.seen };
  const headers = headersOf(act);
  if (deed.kind === 'case_photo') {
    return bodyOf(
      await api.POST('/api/v1/field/cases/{case_id}/photos', {
        params: { path: { case_id } },
        headers,
        body: { ...told, photo: '' },
        bodySerializer: () => formOf(told, deed.photo),
      }),
    );
  }
  return bodyOf(
    await api.POST('/api/v1/field/cases/{case_id}/moves/{move}', {
      params: { path: { case_id, move: deed.move } },
      headers,
      body: { ...told, ...deed.facts },
    }),
  );
}
