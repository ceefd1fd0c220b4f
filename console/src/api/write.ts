import {
  useMutation,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
} from '@tanstack/react-query';
import { useState } from 'react';

import type { Undo } from './counterMoves';
import { isProvenNow } from './proof';
import { asProblem, AWAY, DATABASE_AWAY, OUTCOME_UNKNOWN, UNREACHABLE, type Problem } from './problem';
import { offerUndo } from './undoing';

/** How often a write is sent again when a part of the server is away. */
const WRITE_RETRIES = 2;
/** How often when the whole server or its database is away: for two minutes, while a banner says so. */
const PATIENT_RETRIES = 26;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 5_000;

/** What every write carries beside its body. */
export type WriteHeaders = Record<'Idempotency-Key', string>;

/** A version 4 UUID; `crypto.randomUUID` is missing where the page is not served over TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A file has no JSON form: its name, size and age tell it from another. */
function describeFile(_field: string, value: unknown): unknown {
  if (!(value instanceof File)) return value;
  return { name: value.name, size: value.size, modified_ms: value.lastModified };
}

/** One key for one intention: the same input sent again keeps its key until it was answered. */
export class KeyKeeper {
  #input = '';
  #key = '';

  keyFor(input: unknown): string {
    const text = JSON.stringify(input, describeFile);
    if (text !== this.#input || this.#key === '') {
      this.#input = text;
      this.#key = newKey();
    }
    return this.#key;
  }

  answered(): void {
    this.#key = '';
  }
}

/** Whether a write that failed for the `failures`th time is sent again, under the same key. */
export function isSentAgain(failures: number, { code, status }: Problem, patient: boolean): boolean {
  const isAway = [UNREACHABLE, DATABASE_AWAY, OUTCOME_UNKNOWN].includes(code);
  return failures < (isAway && patient ? PATIENT_RETRIES : WRITE_RETRIES) && (isAway || status === AWAY);
}

/** The pause before a write is sent for the next time. */
export function pauseBefore(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
}

/** What a write shows at once, before it is answered: a cached read, and what becomes of it. */
export interface Ahead {
  queryKey: readonly unknown[];
  change: (before: unknown) => unknown;
}

/** A change of a cached read of a known shape; nothing where nobody has read it. */
export function ahead<Read>(queryKey: readonly unknown[], change: (before: Read) => Read): Ahead {
  return {
    queryKey,
    change: (before) => (before === undefined ? undefined : change(before as Read)),
  };
}

interface Shown {
  queryKey: readonly unknown[];
  before: unknown;
  after: unknown;
}

/** Show what will be; a read under way would show what was. */
async function show(cache: QueryClient, changes: readonly Ahead[]): Promise<Shown[]> {
  await Promise.all(changes.map(({ queryKey }) => cache.cancelQueries({ queryKey, exact: true })));
  return changes.map(({ queryKey, change }) => {
    const before = cache.getQueryData(queryKey);
    const after = change(before);
    cache.setQueryData(queryKey, after);
    return { queryKey, before, after: cache.getQueryData(queryKey) };
  });
}

/** Show again what was, unless the stream has brought something newer meanwhile. */
function takeBack(cache: QueryClient, shown: readonly Shown[]): void {
  for (const { queryKey, before, after } of shown) {
    if (cache.getQueryData(queryKey) === after) cache.setQueryData(queryKey, before);
  }
}

interface Options<Input, Output> {
  /** Sent again for minutes while the server is away; not where nobody sees the banner. */
  patient?: boolean;
  /** What is shown before the answer, and taken back with the reason when it is a refusal. */
  shows?: (input: Input) => readonly Ahead[];
  /** What undoes it, once it is done; nothing where no counter-move leads back. */
  undo?: (input: Input, output: Output) => Undo | null;
}

/** A write to the server. `stale` names the cached reads that the write makes out of date. */
export function useWrite<Input, Output>(
  send: (input: Input, headers: WriteHeaders) => Promise<Output>,
  stale: readonly (readonly string[])[] = [],
  { patient = true, shows, undo }: Options<Input, Output> = {},
): UseMutationResult<Output, Problem, Input, Shown[]> {
  const cache = useQueryClient();
  const [keys] = useState(() => new KeyKeeper());
  const readAgain = async (): Promise<void> => {
    await Promise.all(stale.map((queryKey) => cache.invalidateQueries({ queryKey })));
  };
  return useMutation<Output, Problem, Input, Shown[]>({
    mutationFn: async (input) => {
      try {
        return await send(input, { 'Idempotency-Key': keys.keyFor(input) });
      } catch (error) {
        const problem = asProblem(error);
        if (!(await isProvenNow(problem))) throw problem;
        return send(input, { 'Idempotency-Key': keys.keyFor(input) });
      }
    },
    retry: (failures, problem) => isSentAgain(failures, problem, patient),
    retryDelay: pauseBefore,
    onMutate: (input) => show(cache, shows?.(input) ?? []),
    onError: (_problem, _input, shown) => {
      if (shown === undefined || shown.length === 0) return;
      takeBack(cache, shown);
      void readAgain();
    },
    onSuccess: async (output, input) => {
      keys.answered();
      await readAgain();
      const undone = undo?.(input, output) ?? null;
      if (undone !== null) offerUndo(undone, stale);
    },
  });
}
