/** Looking back and handing on: the desk's log, hand-overs, histories, replays, after-action notes. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];

export type HandoverDraft = Schemas['DraftOut'];
export type Handover = Schemas['HandoverOut'];
export type HandoverRow = Schemas['HandoverRow'];
export type Picture = Schemas['PictureOut'];
export type DueRow = Schemas['DueRow'];
export type DeskNote = Schemas['DeskNoteOut'];
export type DeskNoteIn = Schemas['DeskNoteBody'];
export type History = Schemas['HistoryOut'];
export type HistoryEntry = Schemas['EntryOut'];
export type Round = Schemas['RoundOut'];
export type Playback = Schemas['PlaybackOut'];
export type ReviewNote = Schemas['ReviewNoteOut'];
export type ReviewNoteIn = Schemas['ReviewNoteBody'];
export type ReviewCorrection = Schemas['ReviewCorrectionBody'];

/** The picture of the desk follows the day; clocks on it run by themselves. */
const DRAFT_RENEWAL_MS = 20_000;

export function useHandoverDraft() {
  return useQuery({
    queryKey: keys.handoverDraft,
    refetchInterval: DRAFT_RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/handover')),
  });
}

export function useHandovers() {
  return useQuery({
    queryKey: keys.handovers,
    queryFn: async () => bodyOf(await api.GET('/api/v1/handovers')),
  });
}

export function useHandover(id: string) {
  return useQuery({
    queryKey: keys.handover(id),
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/handovers/{handover_id}', { params: { path: { handover_id: id } } }),
      ),
  });
}

const OF_HANDOVER = [keys.handovers, keys.handoverDraft];

export function useHandOver() {
  return useWrite(
    async (text: string, headers) =>
      bodyOf(await api.POST('/api/v1/handovers', { headers, body: { text } })),
    OF_HANDOVER,
  );
}

export function useTakeOver() {
  return useWrite(
    async ({ id, remark }: { id: string; remark: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/handovers/{handover_id}/takeover', {
          params: { path: { handover_id: id } },
          headers,
          body: { remark },
        }),
      ),
    OF_HANDOVER,
  );
}

export function useAddDeskNote() {
  return useWrite(
    async (body: DeskNoteIn, headers) =>
      bodyOf(await api.POST('/api/v1/desk-log', { headers, body })),
    OF_HANDOVER,
  );
}

export function useSettlePromise() {
  return useWrite(
    async ({ id, text }: { id: string; text: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/desk-log/{note_id}/settlement', {
          params: { path: { note_id: id } },
          headers,
          body: { text },
        }),
      ),
    OF_HANDOVER,
  );
}

export function useHistory(id: string) {
  return useQuery({
    queryKey: keys.history(id),
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/incidents/{incident_id}/history', {
          params: { path: { incident_id: id } },
        }),
      ),
  });
}

export function useIncidentPlayback(id: string) {
  return useQuery({
    queryKey: keys.playback(id),
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/incidents/{incident_id}/playback', {
          params: { path: { incident_id: id } },
        }),
      ),
  });
}

/** The desk between two moments; nothing is asked while either is empty. */
export function useDeskPlayback(since: string, until: string) {
  return useQuery({
    queryKey: [...keys.playback('desk'), since, until],
    enabled: since !== '' && until !== '',
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/playback', { params: { query: { since, until } } })),
  });
}

export function useReviewNotes(id: string) {
  return useQuery({
    queryKey: keys.reviewNotes(id),
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/incidents/{incident_id}/review-notes', {
          params: { path: { incident_id: id } },
        }),
      ),
  });
}

export function useStaff() {
  return useQuery({
    queryKey: keys.staff,
    queryFn: async () => bodyOf(await api.GET('/api/v1/staff')),
  });
}

export function useAddReviewNote(incidentId: string) {
  return useWrite(
    async (body: ReviewNoteIn, headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/review-notes', {
          params: { path: { incident_id: incidentId } },
          headers,
          body,
        }),
      ),
    [keys.reviewNotes(incidentId)],
  );
}

export function useCorrectReviewNote(incidentId: string) {
  return useWrite(
    async ({ id, ...body }: ReviewCorrection & { id: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/review-notes/{note_id}/versions', {
          params: { path: { note_id: id } },
          headers,
          body,
        }),
      ),
    [keys.reviewNotes(incidentId)],
  );
}
