/** Public warnings, and alerts of other senders. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

export type PublicWarning = components['schemas']['WarningOut'];
export type WarningDraft = components['schemas']['WarningBody'];
export type ReceivedAlert = components['schemas']['AlertOut'];

const PAGE_ROWS = 50;

export function useWarnings() {
  return useQuery({
    queryKey: keys.warnings,
    queryFn: async () => {
      const query = { limit: PAGE_ROWS };
      return bodyOf(await api.GET('/api/v1/warnings', { params: { query } })).items;
    },
  });
}

export function useAlerts() {
  return useQuery({
    queryKey: keys.alerts,
    queryFn: async () => {
      const query = { limit: PAGE_ROWS };
      return bodyOf(await api.GET('/api/v1/alerts', { params: { query } })).items;
    },
  });
}

export function useDraftWarning() {
  return useWrite(
    async (body: WarningDraft, headers) =>
      bodyOf(await api.POST('/api/v1/warnings', { headers, body })),
    [keys.warnings],
  );
}

export function useWarningMove() {
  return useWrite(
    async ({ id, move, reason = '' }: { id: string; move: string; reason?: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/warnings/{warning_id}/moves/{move}', {
          params: { path: { warning_id: id, move } },
          headers,
          body: { reason },
        }),
      ),
    [keys.warnings],
  );
}
