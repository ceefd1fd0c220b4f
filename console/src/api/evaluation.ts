/** Evaluations of organisations: months, figures, the cases behind them, appeals. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type Evaluation = Schemas['EvaluationOut'];
export type Measure = Schemas['Measure'];
export type MeasureText = Schemas['MeasureOut'];
export type EvaluationFigure = Schemas['FigureOut'];
export type Appeal = Schemas['AppealOut'];
export type AppealMove = Appeal['moves'][number];
export type AppealGround = Schemas['AppealGround'];

const MONTHS_SHOWN = 24;
const PAGE_ROWS = 50;

export function useEvaluations() {
  return useQuery({
    queryKey: keys.evaluations,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/evaluations', { params: { query: { limit: MONTHS_SHOWN } } }))
        .items,
  });
}

export function useEvaluation(id: string) {
  return useQuery({
    queryKey: [...keys.evaluations, id],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/evaluations/{evaluation_id}', {
          params: { path: { evaluation_id: id } },
        }),
      ),
  });
}

/** How an organisation did in a month, item by item. */
export function useItemFigures(id: string, organisationId: string) {
  return useQuery({
    queryKey: [...keys.evaluations, id, organisationId],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/evaluations/{evaluation_id}/organisations/{organisation_id}', {
          params: { path: { evaluation_id: id, organisation_id: organisationId } },
        }),
      ),
  });
}

export interface CountedAsked {
  evaluationId: string;
  organisationId: string;
  measure: Measure;
  hit: boolean;
}

/** The cases that a figure counts: those that went so, or those that did not. */
export function useCountedCases({ evaluationId, organisationId, measure, hit }: CountedAsked) {
  return useInfiniteQuery({
    queryKey: [...keys.evaluations, evaluationId, organisationId, measure, hit],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await api.GET('/api/v1/evaluations/{evaluation_id}/cases', {
          params: {
            path: { evaluation_id: evaluationId },
            query: {
              organisation_id: organisationId,
              measure,
              hit,
              limit: PAGE_ROWS,
              ...(pageParam === '' ? {} : { after: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

export function useAppeals(evaluationId: string) {
  return useQuery({
    queryKey: [...keys.evaluations, evaluationId, 'appeals'],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/evaluation-appeals', {
          params: { query: { evaluation_id: evaluationId, limit: PAGE_ROWS } },
        }),
      ).items,
  });
}

export interface AppealInput {
  evaluationId: string;
  measure: Measure;
  caseId: string | null;
  ground: AppealGround;
  text: string;
}

export function useFileAppeal() {
  return useWrite(
    async ({ evaluationId, measure, caseId, ground, text }: AppealInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/evaluations/{evaluation_id}/appeals', {
          params: { path: { evaluation_id: evaluationId } },
          headers,
          body: { measure, case_id: caseId, ground, text },
        }),
      ),
    [keys.evaluations],
  );
}

export function useAppealMove() {
  return useWrite(
    async (
      { id, move, reason }: { id: string; move: AppealMove; reason: string | null },
      headers,
    ) =>
      bodyOf(
        await api.POST('/api/v1/evaluation-appeals/{appeal_id}/moves/{move}', {
          params: { path: { appeal_id: id, move } },
          headers,
          body: { reason },
        }),
      ),
    [keys.evaluations],
  );
}
