/** The audit log: how it stands, its entries by table and row, and the proof that an entry is in it. */
import { useInfiniteQuery, useQuery, type InfiniteData, type Query } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type AuditStanding = Schemas['AuditStandingOut'];
export type AuditWitness = Schemas['WitnessOut'];
export type AuditEntry = Schemas['AuditEntryOut'];

/** What an entry says, as `docs/operator/audit.md` has it. */
export interface Said {
  at: string;
  table: string;
  row: string;
  verb: 'INSERT' | 'UPDATE' | 'DELETE' | 'RESTATE';
  actor: string;
  purpose: string;
  digest: string;
}

type Page = Schemas['AuditEntriesOut'];
type PagesQuery = Query<Page, Error, InfiniteData<Page, string>, string[]>;

const PAGE_ROWS = 50;
const SKIPPED_PAGES_LIMIT = 20;
/** How often the standing is asked for; the log is sealed about as often. */
const RENEWAL_MS = 5_000;

export function saidBy(entry: AuditEntry): Said {
  return JSON.parse(entry.text) as Said;
}

export function useAuditStanding() {
  return useQuery({
    queryKey: [...keys.audit, 'standing'],
    refetchInterval: RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/audit/standing')),
  });
}

/** Which entries: of a table and of one of its rows; all where both are empty. */
export interface EntriesAsked {
  table: string;
  row: string;
}

/** A page that has entries, or the last: of a table some stretches of the log tell nothing. */
async function pageOf({ table, row }: EntriesAsked, from: string): Promise<Page> {
  let after = from;
  for (let skipped = 0; ; skipped += 1) {
    const query = { table, limit: PAGE_ROWS, after, ...(row === '' ? {} : { row }) };
    const page = bodyOf(await api.GET('/api/v1/audit/entries', { params: { query } }));
    if (page.items.length > 0 || page.next === null || skipped === SKIPPED_PAGES_LIMIT) return page;
    after = page.next;
  }
}

export function useAuditEntries(asked: EntriesAsked) {
  return useInfiniteQuery({
    queryKey: [...keys.audit, 'entries', asked.table, asked.row],
    initialPageParam: '',
    // What was just written is in the log once it is sealed.
    refetchInterval: ({ state }: PagesQuery) => (state.data?.pages[0]?.items.length ? false : RENEWAL_MS),
    queryFn: async ({ pageParam }) => pageOf(asked, pageParam),
    getNextPageParam: (page) => page.next,
  });
}

/** The proof that the last entry of a row is in the log, as a file to be kept and checked elsewhere. */
export async function proofOf({ table, row }: EntriesAsked): Promise<Blob> {
  const proof = bodyOf(await api.GET('/api/v1/audit/inclusion', { params: { query: { table, row } } }));
  return new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' });
}
