import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';

import { isProvenNow } from './proof';
import { asProblem, AWAY, DATABASE_AWAY, OUTCOME_UNKNOWN, UNREACHABLE, type Problem } from './problem';

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

/** A write to the server. Where nobody sees the banner, it is not `patient`. `stale` names the cached reads that the write makes out of date. */
export function useWrite<Input, Output>(
  send: (input: Input, headers: WriteHeaders) => Promise<Output>,
  stale: readonly (readonly string[])[] = [],
  { patient = true }: { patient?: boolean } = {},
): UseMutationResult<Output, Problem, Input> {
  const cache = useQueryClient();
  const [keys] = useState(() => new KeyKeeper());
  return useMutation<Output, Problem, Input>({
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
    onSuccess: async () => {
      keys.answered();
      await Promise.all(stale.map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
  });
}
