import { useRef, useState } from 'react';

import { useFetchSimilar, useReport, useSimilar } from '../../api/intake';
import { useKinds } from '../../api/reference';
import { serverNow } from '../../api/serverClock';
import type { Kind, Taken } from '../../api/types';
import { EMPTY, missingIn, reportOf, type Draft, type Field, type Spot } from './draft';
import { NEW } from './SimilarChoice';
import { suggestKind } from './suggest';

function kindOf(draft: Draft, kinds: readonly Kind[]): Kind | undefined {
  const code = draft.kind ?? suggestKind(draft.text, kinds);
  return kinds.find((kind) => kind.code === code);
}

/** One call from the first word to the report that was taken. */
export function useCall() {
  const kinds = useKinds().data ?? [];
  const [draft, setDraft] = useState(EMPTY);
  const [answer, setAnswer] = useState<string | null>(null);
  const [missing, setMissing] = useState<readonly Field[]>([]);
  const [taken, setTaken] = useState<Taken | null>(null);
  const latest = useRef({ draft: EMPTY, answer: null as string | null });
  const finding = useRef<Promise<Spot | null>>(Promise.resolve(null));
  const report = useReport();
  const fetchSimilar = useFetchSimilar();
  const kind = kindOf(draft, kinds);
  const similar = useSimilar(kind?.code, draft.spot);

  const change = (part: Partial<Draft>): void => {
    const answeredAt = latest.current.draft.answeredAt ?? new Date(serverNow()).toISOString();
    const next = { ...latest.current.draft, answeredAt, ...part };
    const elsewhere = part.spot !== undefined || part.kind !== undefined;
    latest.current = { draft: next, answer: elsewhere ? null : latest.current.answer };
    setDraft(next);
    setAnswer(latest.current.answer);
    setMissing([]);
  };

  const decide = (next: string): void => {
    latest.current.answer = next;
    setAnswer(next);
  };

  /** Send the call, once the place being looked up is found and any similar incident is decided on. */
  const send = async (): Promise<'sent' | 'missing' | 'undecided'> => {
    const found = await finding.current;
    if (found && latest.current.draft.spot === null) change({ spot: found });
    const call = latest.current.draft;
    const callKind = kindOf(call, kinds);
    const lacks = missingIn(call, callKind);
    setMissing(lacks);
    if (lacks.length > 0 || call.spot === null || callKind === undefined) return 'missing';
    const rows = await fetchSimilar(callKind.code, call.spot);
    const decision = latest.current.answer;
    if (rows.length > 0 && decision === null) return 'undecided';
    const body = reportOf(call, callKind, decision === NEW ? null : decision);
    if (body) setTaken(await report.mutateAsync(body));
    return 'sent';
  };

  const restart = (): void => {
    latest.current = { draft: EMPTY, answer: null };
    finding.current = Promise.resolve(null);
    setDraft(EMPTY);
    setAnswer(null);
    setMissing([]);
    setTaken(null);
    report.reset();
  };

  return {
    kinds,
    kind,
    draft,
    change,
    similar: similar.data ?? [],
    answer,
    decide,
    missing,
    taken,
    problem: report.error,
    isSending: report.isPending,
    find: (next: Promise<Spot | null>): void => {
      finding.current = next;
    },
    send,
    restart,
  };
}

export type Call = ReturnType<typeof useCall>;
