/** Tasks for volunteers, the hours offered for them, and what the reader may do. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { ReleaseGround, VolunteerTaskIn, VolunteerTaskState } from './types';
import { useWrite } from './write';

const PAGE_ROWS = 30;
const STALE = [keys.volunteerTasks];

/** Tasks in a state, newest first, page by page. */
export function useVolunteerTasks(state: VolunteerTaskState) {
  return useInfiniteQuery({
    queryKey: [...keys.volunteerTasks, state],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/volunteer-tasks', {
          params: {
            query: { state, limit: PAGE_ROWS, ...(pageParam === '' ? {} : { after: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

export function useVolunteerTask(id: string) {
  return useQuery({
    queryKey: [...keys.volunteerTasks, 'one', id],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/volunteer-tasks/{task_id}', { params: { path: { task_id: id } } }),
      ),
  });
}

export function usePublishTask() {
  return useWrite(
    async (body: VolunteerTaskIn, headers) =>
      bodyOf(await api.POST('/api/v1/volunteer-tasks', { headers, body })),
    STALE,
  );
}

interface TaskMoveInput {
  id: string;
  move: 'finish' | 'cancel';
  facts: { hours_given?: number; reason?: string };
}

export function useEndTask() {
  return useWrite(
    async ({ id, move, facts }: TaskMoveInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/volunteer-tasks/{task_id}/moves/{move}', {
          params: { path: { task_id: id, move } },
          headers,
          body: facts,
        }),
      ),
    STALE,
  );
}

export function useReleaseHours() {
  return useWrite(
    async ({ id, ground }: { id: string; ground: ReleaseGround }, headers) =>
      bodyOf(
        await api.POST('/api/v1/volunteer-offers/{offer_id}/moves/release', {
          params: { path: { offer_id: id } },
          headers,
          body: { ground },
        }),
      ),
    STALE,
  );
}

export function useVolunteerLook() {
  return useWrite(async ({ id, purpose }: { id: string; purpose: string }, headers) =>
    bodyOf(
      await api.POST('/api/v1/volunteer-offers/{offer_id}/contact-views', {
        params: { path: { offer_id: id } },
        headers,
        body: { purpose },
      }),
    ),
  );
}
