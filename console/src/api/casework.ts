/** Cases: reads and writes. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useWrite } from './write';
import type { CaseState } from './types';

const PAGE_ROWS = 50;

export interface CaseFilter {
  state: CaseState | null;
  organisationId: string | null;
}

/** Cases that fit the filter, newest first, page by page. */
export function useCases({ state, organisationId }: CaseFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.cases, state, organisationId],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/cases', {
          params: {
            query: {
              limit: PAGE_ROWS,
              ...(state === null ? {} : { state }),
              ...(organisationId === null ? {} : { organisation_id: organisationId }),
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
    queryFn: async () => bodyOf(await api.GET('/api/v1/cases/{id}', { params: { path: { id } } })),
  });
}

interface CaseMoveInput {
  id: string;
  move: string;
  facts: Record<string, unknown>;
}

export function useCaseMove() {
  return useWrite(
    async ({ id, move, facts }: CaseMoveInput, header) =>
      bodyOf(
        await api.POST('/api/v1/cases/{id}/moves/{move}', {
          params: { path: { id, move }, header },
          body: facts,
        }),
      ),
    [keys.cases, ['case']],
  );
}

export function useCasePhoto() {
  return useWrite(
    async ({ id, photo }: { id: string; photo: File }, header) =>
      bodyOf(
        await api.POST('/api/v1/cases/{id}/photos', {
          params: { path: { id }, header },
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
