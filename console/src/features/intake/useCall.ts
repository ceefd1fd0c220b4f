import { useRef, useState } from 'react';

import { useAnswers, useCallMove, useFetchReading, useReading, useRing } from '../../api/calls';
import { useFetchSimilar, useReport, useSimilar } from '../../api/intake';
import { useKinds } from '../../api/reference';
import { serverNow } from '../../api/serverClock';
import type { Taken } from '../../api/types';
import {
  EMPTY,
  lineOf,
  missingIn,
  reportOf,
  saysSomething,
  toldBy,
  type Draft,
  type Field,
  type Spot,
  type Told,
} from './draft';
import { NEW } from './SimilarChoice';

/** One call from the first word to its end. Its report may be taken before the end. */
export function useCall() {
  const kinds = useKinds().data ?? [];
  const [draft, setDraft] = useState(EMPTY);
  const [answer, setAnswer] = useState<string | null>(null);
  const [missing, setMissing] = useState<readonly Field[]>([]);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [callId, setCallId] = useState<string | null>(null);
  const latest = useRef({ draft: EMPTY, answer: null as string | null });
  const finding = useRef<Promise<Spot | null>>(Promise.resolve(null));
  const ringing = useRef<Promise<string | null> | null>(null);
  const report = useReport();
  const ring = useRing();
  const callMove = useCallMove();
  const answers = useAnswers();
  const fetchSimilar = useFetchSimilar();
  const fetchReading = useFetchReading();
  const reading = useReading(lineOf(draft)).data;
  const read = saysSomething(draft) ? reading : undefined;
  const told = toldBy(draft, read, kinds);
  const similar = useSimilar(told.kind?.code, told.spot);

  /** The call begins with the first word; while the server is away it is taken without its row. */
  const begin = (answeredAt: string): void => {
    ringing.current ??= ring
      .mutateAsync({ began: answeredAt })
      .then(({ id }) => {
        setCallId(id);
        return id;
      })
      .catch(() => null);
  };

  const change = (part: Partial<Draft>): void => {
    const answeredAt = latest.current.draft.answeredAt ?? new Date(serverNow()).toISOString();
    begin(answeredAt);
    // Another kind has other questions.
    const reset = part.kind === undefined ? {} : { answers: {} };
    const next = { ...latest.current.draft, answeredAt, ...reset, ...part };
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

  /** Go on with a call that is on the line already, or that was called back. */
  const takeOver = (id: string): void => {
    ringing.current = Promise.resolve(id);
    setCallId(id);
  };

  /** What is sent: read afresh, for the last words may not have been read while they were typed. */
  const tell = async (call: Draft): Promise<Told> => {
    if (!saysSomething(call)) return toldBy(call, undefined, kinds);
    // Without a reading, the hand alone can choose: help is sent all the same.
    return toldBy(call, await fetchReading(lineOf(call)).catch(() => undefined), kinds);
  };

  const hand = async (call: Draft, asTold: Told, attachTo: string | null): Promise<void> => {
    const id = await (ringing.current ?? null);
    const body = reportOf(call, asTold, id, attachTo);
    if (body) setTaken(await report.mutateAsync(body));
  };

  /** Send the call, once the place being looked up is found and any similar incident is decided on. */
  const send = async (): Promise<'sent' | 'missing' | 'undecided'> => {
    const found = await finding.current;
    if (found && latest.current.draft.spot === null) change({ spot: found });
    const call = latest.current.draft;
    const asTold = await tell(call);
    const lacks = missingIn(asTold);
    setMissing(lacks);
    if (lacks.length > 0 || asTold.spot === null || asTold.kind === undefined) return 'missing';
    const rows = await fetchSimilar(asTold.kind.code, asTold.spot);
    const decision = latest.current.answer;
    if (rows.length > 0 && decision === null) return 'undecided';
    await hand(call, asTold, decision === NEW ? null : decision);
    return 'sent';
  };

  /** Answer a key question: with the report while it is open, at once after it was taken. */
  const answerQuestion = (question: string, given: string | number): void => {
    change({ answers: { ...latest.current.draft.answers, [question]: given } });
    if (taken) answers.mutate({ reportId: taken.id, answers: [{ question, answer: given }] });
  };

  const restart = (): void => {
    latest.current = { draft: EMPTY, answer: null };
    finding.current = Promise.resolve(null);
    ringing.current = null;
    setCallId(null);
    setDraft(EMPTY);
    setAnswer(null);
    setMissing([]);
    setTaken(null);
    report.reset();
    answers.reset();
  };

  /** Leave the line: the call ended, fell silent or was given up; then the next one. */
  const leave = (move: 'end' | 'silent' | 'abandon'): void => {
    if (callId !== null) callMove.mutate({ callId, move });
    restart();
  };

  return {
    kinds,
    kind: told.kind,
    spot: told.spot,
    priority: told.priority,
    reading: read,
    draft,
    change,
    similar: similar.data ?? [],
    answer,
    decide,
    missing,
    taken,
    callId,
    takeOver,
    leave,
    answerQuestion,
    problem: report.error ?? answers.error,
    isSending: report.isPending,
    find: (next: Promise<Spot | null>): void => {
      finding.current = next;
    },
    send,
  };
}

export type Call = ReturnType<typeof useCall>;
