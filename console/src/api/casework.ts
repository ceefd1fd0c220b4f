/** Cases: reads and writes. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { undoFrom, type Undo } from './counterMoves';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useWrite } from './write';
import type { Case, CaseFacts, CaseState } from './types';

const PAGE_ROWS = 50;

export interface CaseFilter {
  state: CaseState | null;
  organisationId: string | null;
  only: 'late' | 'listed' | null;
  /** As somebody typed it; empty for all. */
  number: string;
}

/** Cases that fit the filter, newest first, the late ones the longest first, page by page. */
export function useCases({ state, organisationId, only, number }: CaseFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.cases, state, organisationId, only, number],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/cases', {
          params: {
            query: {
              limit: PAGE_ROWS,
              ...(state === null ? {} : { state }),
              ...(organisationId === null ? {} : { organisation_id: organisationId }),
              ...(only === null ? {} : { only }),
              ...(number === '' ? {} : { number }),
              ...(pageParam === '' ? {} : { after: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

export function useCase(id: string) {
  return useQuery({
    queryKey: keys.case(id),
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/cases/{case_id}', { params: { path: { case_id: id } } })),
  });
}

/** Moves of a case that casework makes by itself. */
export const CASE_MOVES = [
  'assign',
  'send_back',
  'dispute',
  'arbitrate',
  'start',
  'report',
  'rework',
  'verify',
  'close',
  'evaluate',
  'reopen',
  'reclassify',
  'merge',
  'unmerge',
  'seal',
  'unseal',
] as const;
export type CaseMove = (typeof CASE_MOVES)[number];

interface CaseMoveInput {
  id: string;
  move: CaseMove | 'return';
  facts: CaseFacts;
  /** How the case stood, where the move can be undone. */
  stood?: CaseStood;
}

interface CaseStood {
  state: CaseState;
  itemCode: string;
  leadingId: string | null;
  leads: boolean;
}

/** How a case stands: what undoing its next move has to know. */
export function stoodOf({ state, item_code, merged_into_id, merged }: Case): CaseStood {
  return { state, itemCode: item_code, leadingId: merged_into_id, leads: merged.length > 0 };
}

function undoOf({ id, move, stood }: CaseMoveInput, { number: about, item_code }: Case): Undo | null {
  if (stood === undefined) return null;
  const { state, itemCode: before, leadingId, leads } = stood;
  if (move === 'merge') {
    // What was merged into it went along, and would not come back with it.
    return leads ? null : undoFrom(state, { move: 'case_merge', about, stood: { id } });
  }
  if (move === 'unmerge' && leadingId !== null) {
    return undoFrom(state, { move: 'case_unmerge', about, stood: { id, parentId: leadingId } });
  }
  if (move === 'seal') return undoFrom(state, { move: 'case_seal', about, stood: { id } });
  if (move === 'reclassify' && before !== item_code) {
    const reclassified = { id, before, made: item_code };
    return undoFrom(state, { move: 'case_reclassify', about, stood: reclassified });
  }
  return null;
}

/** Make a move of a case. A return goes to dispatch as well, so it has an address of its own. */
export function useCaseMove() {
  return useWrite(
    async ({ id, move, facts }: CaseMoveInput, headers) =>
      bodyOf(
        move === 'return'
          ? await api.POST('/api/v1/cases/{case_id}/moves/return', {
              params: { path: { case_id: id } },
              headers,
              body: { reason: facts.reason ?? '' },
            })
          : await api.POST('/api/v1/cases/{case_id}/moves/{move}', {
              params: { path: { case_id: id, move } },
              headers,
              body: facts,
            }),
      ),
    [keys.cases, ['case'], keys.openIncidents, keys.pastIncidents],
    { undo: undoOf },
  );
}

/** Give a case that never was an incident to dispatch as a new one. */
export function useCaseDivert() {
  return useWrite(
    async ({ id, kind, reason }: { id: string; kind: string; reason: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/cases/{case_id}/moves/divert', {
          params: { path: { case_id: id } },
          headers,
          body: { kind, reason },
        }),
      ),
    [keys.cases, ['case'], keys.openIncidents],
  );
}

export function useCasePhoto() {
  return useWrite(
    async ({ id, photo }: { id: string; photo: File }, headers) =>
      bodyOf(
        await api.POST('/api/v1/cases/{case_id}/photos', {
          params: { path: { case_id: id } },
          headers,
          body: { photo: '' },
          bodySerializer: () => {
            const form = new FormData();
            form.append('photo', photo);
            return form;
          },
        }),
      ),
    [['case']],
  );
}

/** Open cases that one of an item at a place may be about, nearest first. */
export function useSimilarCases(found: { id: string; item_code: string; lon: number; lat: number }) {
  return useQuery({
    queryKey: [...keys.case(found.id), 'similar', found.item_code],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/similar-cases', {
          params: {
            query: {
              item_code: found.item_code,
              lon: found.lon,
              lat: found.lat,
              besides: found.id,
            },
          },
        }),
      ),
  });
}
