/** Calls, and what their words say: reads and writes of call taking while somebody speaks. */
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { AnswerIn, LineIn } from './types';
import { useWrite } from './write';

/** A line says the same for so long: the rules behind it hardly change. */
const READING_FRESH_MS = 60_000;

/** The read of what a line says. It is asked by POST, for the words must not stand in an address. */
function reading(line: LineIn) {
  return queryOptions({
    queryKey: ['reading', line],
    staleTime: READING_FRESH_MS,
    queryFn: async ({ signal }) =>
      bodyOf(await api.POST('/api/v1/call-readings', { body: line, signal })),
  });
}

/** What a line says as far as it is typed; nothing is asked for an empty one. */
export function useReading(line: LineIn) {
  return useQuery({
    ...reading(line),
    enabled: line.text.trim() !== '' || line.kind != null,
    placeholderData: keepPreviousData,
  });
}

/** A function that waits for what a line says. */
export function useFetchReading() {
  const cache = useQueryClient();
  return (line: LineIn) => cache.query(reading(line));
}

/** The calls that somebody still has to do something about. */
export function useOpenCalls() {
  return useQuery({
    queryKey: keys.calls,
    queryFn: async () => bodyOf(await api.GET('/api/v1/calls')),
  });
}

/** Begin a call that has just been answered. */
export function useRing() {
  return useWrite(
    async (_: { began: string }, headers) =>
      bodyOf(await api.POST('/api/v1/calls', { headers, body: { answered: true } })),
    [keys.calls],
  );
}

export type CallMove =
  | 'answer'
  | 'silent'
  | 'abandon'
  | 'no_answer'
  | 'reach'
  | 'give_up'
  | 'end';

export function useCallMove() {
  return useWrite(
    async (
      { callId, move, reason = '' }: { callId: string; move: CallMove; reason?: string },
      headers,
    ) =>
      bodyOf(
        await api.POST('/api/v1/calls/{call_id}/moves/{move}', {
          params: { path: { call_id: callId, move } },
          headers,
          body: { reason },
        }),
      ),
    [keys.calls],
  );
}

/** Look at how to call back; the purpose is kept on record. */
export function useCallContactView() {
  return useWrite(async ({ callId, purpose }: { callId: string; purpose: string }, headers) =>
    bodyOf(
      await api.POST('/api/v1/calls/{call_id}/contact-views', {
        params: { path: { call_id: callId } },
        headers,
        body: { purpose },
      }),
    ),
  );
}

/** Keep answers to key questions after the report was taken. */
export function useAnswers() {
  return useWrite(
    async ({ reportId, answers }: { reportId: string; answers: AnswerIn[] }, headers) =>
      bodyOf(
        await api.POST('/api/v1/reports/{report_id}/answers', {
          params: { path: { report_id: reportId } },
          headers,
          body: { answers },
        }),
      ),
    [keys.incidents],
  );
}

export type Direction = 'FROM_REPORTER' | 'TO_REPORTER';

/** Add further words to a report. */
export function useAddWords() {
  return useWrite(
    async (
      { reportId, text, direction }: { reportId: string; text: string; direction: Direction },
      headers,
    ) =>
      bodyOf(
        await api.POST('/api/v1/reports/{report_id}/updates', {
          params: { path: { report_id: reportId } },
          headers,
          body: { text, direction },
        }),
      ),
    [keys.incidents],
  );
}
