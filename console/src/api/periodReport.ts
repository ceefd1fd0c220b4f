/** The report of a day, week or month: its figures, the rows behind each, and its file. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { currentLanguage } from '../i18n';
import { api } from './client';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type PeriodReport = Schemas['PeriodReportOut'];
export type PeriodFigure = Schemas['PeriodFigureOut'];
export type CountedRow = Schemas['CountedRowOut'];
export const REPORT_SPANS = ['day', 'week', 'month'] as const;

export interface PeriodAsked {
  span: (typeof REPORT_SPANS)[number];
  day: string;
  zone: string;
}

const KEY = 'period-report';

export function usePeriodReport(asked: PeriodAsked) {
  return useQuery({
    queryKey: [KEY, asked],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/period-report', { params: { query: asked } })),
  });
}

/** The rows that one figure counts. */
export function useCountedRows(asked: PeriodAsked, figure: PeriodFigure) {
  const { part, code, key } = figure;
  return useQuery({
    queryKey: [KEY, asked, part, code, key],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/period-report/rows', {
          params: { query: { ...asked, part, code, key } },
        }),
      ),
  });
}

/** What a report is taken home as. */
export type ReportForm = 'csv' | 'pdf';

interface Taken {
  kind: ReportForm;
  purpose: string;
}

/** Take the report home as a file; what it is for stays on the record. */
export function useTakeReport(asked: PeriodAsked) {
  return useWrite(
    async (taken: Taken, headers) =>
      bodyOf(
        await api.POST('/api/v1/period-report/file', {
          headers,
          body: { ...asked, ...taken, language: currentLanguage() },
          parseAs: 'blob',
        }),
      ),
    [],
  );
}
