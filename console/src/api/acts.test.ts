import { describe, expect, it } from 'vitest';

import { judge, nextActs, type Act, type Deed, type Refusal } from './acts';
import { isCrewDeedDone, stateAfter, type CrewDeed } from './crewDeeds';
import type { Assignment } from './types';

const move = (name: 'en_route' | 'on_scene' | 'clear', outcome = ''): CrewDeed => ({
  kind: 'move',
  move: name,
  outcome,
});
const REFUSED: Refusal = { code: 'move.not_allowed', title: 'No.', state: 'CANCELLED' };
const isDone = (deed: CrewDeed) => (state: string) => isCrewDeedDone(deed, state);
const ANSWER = { status: 409, code: 'move.not_allowed', title: 'No.', facts: {} };
const ASSIGNED = { id: 'a', state: 'ASSIGNED' } as Assignment;

function act(order: number, deed: Deed, more: Partial<Act> = {}): Act {
  return {
    order,
    id: `${order}`,
    accountId: 'me',
    subjectId: 'a',
    toldAt: '2026-11-22T02:00:00Z',
    deed,
    refusal: null,
    ...more,
  };
}

describe('acts that wait', () => {
  it('are sent in the order in which they were done, an assignment at a time', () => {
    const acts = [
      act(1, move('en_route')),
      act(2, move('on_scene')),
      act(3, move('en_route'), { subjectId: 'b' }),
    ];
    expect(nextActs(acts, 'me').map(({ order }) => order)).toEqual([1, 3]);
  });

  it('do not jump over one that was refused', () => {
    const acts = [act(1, move('en_route'), { refusal: REFUSED }), act(2, move('on_scene'))];
    expect(nextActs(acts, 'me')).toEqual([]);
  });

  it('of another account wait for it to sign in again', () => {
    const acts = [act(1, move('en_route'), { accountId: 'she' }), act(2, move('on_scene'))];
    expect(nextActs(acts, 'me').map(({ order }) => order)).toEqual([2]);
  });

  it('show the state they lead to', () => {
    const acts = [act(1, move('en_route')), act(2, move('on_scene'))];
    expect(stateAfter(ASSIGNED, acts)).toBe('ON_SCENE');
  });

  it('never show a state behind that of the server', () => {
    const onScene = { ...ASSIGNED, state: 'ON_SCENE' } as Assignment;
    expect(stateAfter(onScene, [act(1, move('en_route'))])).toBe('ON_SCENE');
    const cancelled = { ...ASSIGNED, state: 'CANCELLED' } as Assignment;
    expect(stateAfter(cancelled, [act(1, move('en_route'))])).toBe('CANCELLED');
  });

  it('behind a refused one change nothing on screen', () => {
    const acts = [act(1, move('en_route'), { refusal: REFUSED }), act(2, move('on_scene'))];
    expect(stateAfter(ASSIGNED, acts)).toBe('ASSIGNED');
  });
});

describe('an answer', () => {
  it.each([0, 401, 429, 500, 503])('of status %i decides nothing', (status) => {
    expect(judge({ ...ANSWER, status, code: 'x' }, () => true)).toBe('later');
  });

  it('that another device was there already is as good as done', () => {
    const answer = { ...ANSWER, facts: { state: 'ON_SCENE' } };
    expect(judge(answer, isDone(move('en_route')))).toBe('made_elsewhere');
    expect(judge(answer, isDone(move('on_scene')))).toBe('made_elsewhere');
  });

  it('that the same act was done days ago is as good as done, words or not', () => {
    const answer = { ...ANSWER, code: 'idempotency.done_before' };
    expect(judge(answer, () => false)).toBe('made_elsewhere');
  });

  it('that the job was cancelled is shown', () => {
    const answer = { ...ANSWER, facts: { state: 'CANCELLED' } };
    expect(judge(answer, isDone(move('en_route')))).toEqual(REFUSED);
  });

  it('never drops words', () => {
    const answer = { ...ANSWER, facts: { state: 'CLEARED' } };
    expect(judge(answer, isDone(move('clear', 'Out.')))).toEqual({ ...REFUSED, state: 'CLEARED' });
  });

  it('that a photo cannot be read is shown', () => {
    const photo: CrewDeed = { kind: 'photo', content: new Blob() };
    const answer = { status: 422, code: 'photo.unreadable', title: 'No photo.', facts: {} };
    expect(judge(answer, isDone(photo))).toEqual({
      code: 'photo.unreadable',
      title: 'No photo.',
      state: null,
    });
  });
});
