/** Routing tables: written, looked through, tried on past cases, published; and why a case is where it is. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { api } from './client';
import { keys } from './keys';
import { asProblem, bodyOf, type Problem } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type RoutingTable = components['schemas']['RoutingTableOut'];
export type RoutingTableRow = components['schemas']['RoutingTableRow'];
export type RoutingRow = Required<components['schemas']['Row']>;
export type RoutingMatter = components['schemas']['MatterOut'];
export type RoutingFinding = components['schemas']['FindingOut'];
export type CaseRoute = components['schemas']['CaseRouteOut'];
export type RoutingMove = RoutingTable['moves'][number];
/** A table whose rows say everything, also what the server may leave out. */
export type WholeTable = Omit<RoutingTable, 'rows'> & { rows: RoutingRow[] };
type ReplayPage = components['schemas']['ReplayOut'];

const PAGE_ROWS = 50;
const BLANK: Omit<RoutingRow, 'number' | 'to'> = {
  level: 9,
  items: [],
  areas: [],
  sites: [],
  sources: [],
  days: null,
  begins: null,
  ends: null,
  valid_from: null,
  valid_until: null,
  held_by: null,
  note: '',
};

/** A row with every condition, empty where it is not given. */
export function wholeRow(row: components['schemas']['Row']): RoutingRow {
  return { ...BLANK, ...row };
}

export function useRoutingTables() {
  return useQuery({
    queryKey: keys.routingTables,
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/routing-tables', { params: { query: { limit: PAGE_ROWS } } }))
        .items,
  });
}

export function useRoutingTable(id: string) {
  return useQuery({
    queryKey: keys.routingTable(id),
    queryFn: async (): Promise<WholeTable> => {
      const params = { path: { table_id: id } };
      const table = bodyOf(await api.GET('/api/v1/routing-tables/{table_id}', { params }));
      return { ...table, rows: table.rows.map(wholeRow) };
    },
  });
}

/** What is wrong with a table as it stood at a revision. */
export function useRoutingFindings(id: string, revision: number) {
  return useQuery({
    queryKey: [...keys.routingTable(id), 'findings', revision],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/routing-tables/{table_id}/findings', {
          params: { path: { table_id: id } },
        }),
      ),
  });
}

export function useBeginRouting() {
  return useWrite(
    async (copied: string | null, headers) =>
      bodyOf(await api.POST('/api/v1/routing-tables', { headers, body: { copied_id: copied } })),
    [keys.routingTables],
  );
}

interface Change {
  table: WholeTable;
  title?: string;
  validFrom?: string;
  rows?: readonly RoutingRow[];
}

export function useChangeRouting() {
  return useWrite(
    async ({ table, title, validFrom, rows }: Change, headers) =>
      bodyOf(
        await api.PUT('/api/v1/routing-tables/{table_id}', {
          params: { path: { table_id: table.id } },
          headers,
          body: {
            revision: table.revision,
            title: title ?? table.title,
            valid_from: validFrom ?? table.valid_from,
            rows: [...(rows ?? table.rows)],
          },
        }),
      ),
    [keys.routingTables],
  );
}

export function useRoutingMove() {
  return useWrite(
    async (
      { table, move, reason }: { table: WholeTable; move: RoutingMove; reason: string | null },
      headers,
    ) =>
      bodyOf(
        await api.POST('/api/v1/routing-tables/{table_id}/moves/{move}', {
          params: { path: { table_id: table.id, move } },
          headers,
          body: { revision: table.revision, reason },
        }),
      ),
    [keys.routingTables],
  );
}

export function useCaseRoutes(id: string, changed: string) {
  return useQuery({
    queryKey: [...keys.case(id), 'routes', changed],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/cases/{case_id}/routes', { params: { path: { case_id: id } } }),
      ),
  });
}

/** What a replay has found so far; `isOver` once all of it was looked at. */
export interface Replay extends Omit<ReplayPage, 'next'> {
  isOver: boolean;
}

/** Add a further page to what a replay found before. */
export function addPage(before: Replay | null, page: ReplayPage): Replay {
  const { next, ...found } = page;
  if (before === null) return { ...found, isOver: next === null };
  const pairs = before.pairs.map((pair) => ({ ...pair }));
  for (const pair of page.pairs) {
    const known = pairs.find((one) => one.before === pair.before && one.after === pair.after);
    if (known) known.count += pair.count;
    else pairs.push(pair);
  }
  return {
    total: page.total,
    looked_at: before.looked_at + page.looked_at,
    elsewhere: before.elsewhere + page.elsewhere,
    handled: before.handled + page.handled,
    met_before: before.met_before + page.met_before,
    met_after: before.met_after + page.met_after,
    pairs,
    isOver: next === null,
  };
}

/** A replay, page by page, as long as nobody stops it. */
export function useReplay(id: string) {
  const [found, setFound] = useState<Replay | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stop, setStop] = useState<AbortController | null>(null);
  const run = async (stopping: AbortController): Promise<void> => {
    let sofar: Replay | null = null;
    let after: string | null = null;
    let number = 1;
    do {
      const query: { after?: string; page: number } = { page: number };
      if (after !== null) query.after = after;
      const page: ReplayPage = bodyOf(
        await api.GET('/api/v1/routing-tables/{table_id}/replay', {
          params: { path: { table_id: id }, query },
          signal: stopping.signal,
        }),
      );
      sofar = addPage(sofar, page);
      after = page.next;
      number += 1;
      setFound(sofar);
    } while (after !== null && !stopping.signal.aborted);
  };
  const start = (): void => {
    const stopping = new AbortController();
    setStop(stopping);
    setFound(null);
    setProblem(null);
    run(stopping)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) setProblem(asProblem(error));
      })
      .finally(() => setStop(null));
  };
  return { found, problem, isRunning: stop !== null, start, stop: () => stop?.abort() };
}
