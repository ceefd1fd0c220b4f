/** Why a case is due when it is, and pauses of its clock. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useWrite } from './write';

export function useCaseClock(id: string, changed: string) {
  return useQuery({
    queryKey: [...keys.case(id), 'clock', changed],
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/cases/{case_id}/clock', { params: { path: { case_id: id } } })),
  });
}

/** Calendars of working days, and the years that have to be brought. */
export function useCalendars() {
  return useQuery({
    queryKey: ['service-calendars'],
    queryFn: async () => bodyOf(await api.GET('/api/v1/service-calendars')),
  });
}

interface PauseAsked {
  id: string;
  reason: string;
  proof: string;
  until: string;
}

export function useAskPause() {
  return useWrite(
    async ({ id, ...body }: PauseAsked, headers) =>
      bodyOf(
        await api.POST('/api/v1/cases/{case_id}/pauses', {
          params: { path: { case_id: id } },
          headers,
          body,
        }),
      ),
    [['case'], keys.cases],
    { undo: (_input, { id }) => ({ move: 'pause_ask', about: '', stood: { id } }) },
  );
}

export const PAUSE_MOVES = ['grant', 'refuse', 'lapse', 'end'] as const;
export type PauseMove = (typeof PAUSE_MOVES)[number];

export function usePauseMove() {
  return useWrite(
    async ({ id, move, reason }: { id: string; move: PauseMove; reason: string | null }, headers) =>
      bodyOf(
        await api.POST('/api/v1/case-pauses/{pause_id}/moves/{move}', {
          params: { path: { pause_id: id, move } },
          headers,
          body: { reason },
        }),
      ),
    [['case'], keys.cases],
  );
}
