/** Joint tasks: departments called up, what each does, and what the reader may do. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { CallUpIn, PartFacts } from './types';
import { useWrite } from './write';

const PAGE_ROWS = 30;
const OF_CASE_ROWS = 20;

/** Which joint tasks a list shows. */
export type JointView = 'open' | 'mine' | 'called' | 'refused' | 'late' | 'closed';

function queryOf(view: JointView) {
  if (view === 'open') return { state: 'OPEN' as const };
  if (view === 'closed') return { state: 'CLOSED' as const };
  return { only: view };
}

/** Joint tasks of a view, newest first, page by page. */
export function useJointTasks(view: JointView) {
  return useInfiniteQuery({
    queryKey: [...keys.jointTasks, view],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/joint-tasks', {
          params: {
            query: {
              limit: PAGE_ROWS,
              ...queryOf(view),
              ...(pageParam === '' ? {} : { after: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

/** The joint tasks of a case, newest first. */
export function useJointTasksOfCase(caseId: string) {
  return useQuery({
    queryKey: [...keys.jointTasks, 'case', caseId],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/joint-tasks', {
          params: { query: { case_id: caseId, limit: OF_CASE_ROWS } },
        }),
      ).items,
  });
}

export function useJointTask(id: string) {
  return useQuery({
    queryKey: [...keys.jointTasks, 'one', id],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/joint-tasks/{task_id}', { params: { path: { task_id: id } } }),
      ),
  });
}

const STALE = [keys.jointTasks, keys.cases, ['case']];

export function useCallUp() {
  return useWrite(
    async (body: CallUpIn, headers) =>
      bodyOf(await api.POST('/api/v1/joint-tasks', { headers, body })),
    STALE,
  );
}

export type PartMove = 'report_in' | 'refuse' | 'arbitrate' | 'finish' | 'rework' | 'waive';

interface PartMoveInput {
  id: string;
  move: PartMove;
  facts: Partial<PartFacts>;
}

export function usePartMove() {
  return useWrite(
    async ({ id, move, facts }: PartMoveInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/joint-parts/{part_id}/moves/{move}', {
          params: { path: { part_id: id, move } },
          headers,
          body: { note: '', ...facts },
        }),
      ),
    STALE,
  );
}

export function useCloseTask() {
  return useWrite(
    async ({ id, outcome }: { id: string; outcome: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/joint-tasks/{task_id}/moves/{move}', {
          params: { path: { task_id: id, move: 'close' } },
          headers,
          body: { outcome },
        }),
      ),
    STALE,
  );
}

export function usePartPhoto() {
  return useWrite(
    async ({ id, photo }: { id: string; photo: File }, headers) =>
      bodyOf(
        await api.POST('/api/v1/joint-parts/{part_id}/photos', {
          params: { path: { part_id: id } },
          headers,
          body: { photo: '' },
          bodySerializer: () => {
            const form = new FormData();
            form.append('photo', photo);
            return form;
          },
        }),
      ),
    [keys.jointTasks],
  );
}
