import { CircleAlert, CircleCheck, CloudOff, Inbox, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { asProblem, DENIED, UNREACHABLE, type Problem } from '../api/problem';
import { Button } from './Button';
import { NextStep, type Step } from './NextStep';
import { useWhoMay } from './whoMay';

const SKELETON_ROWS = 6;

interface SkeletonProps {
  rows?: number;
  /** The whole screen waits: that is its title so long. */
  titled?: boolean;
}

/** The shape of what is being fetched. */
export function Skeleton({ rows = SKELETON_ROWS, titled = false }: SkeletonProps) {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status" aria-label={t('state.loading')}>
      {titled && <h1 className="unseen">{t('state.loading')}</h1>}
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton__bar" />
      ))}
    </div>
  );
}

interface EmptyProps {
  title: string;
  text?: string;
  /** Nothing else is on the screen: this is its title. */
  titled?: boolean;
  /**
   * What to do next, the first that the reader may. Without one the screen explains itself. None
   * where the list's own button is in sight already.
   */
  steps?: readonly Step[] | null;
  children?: ReactNode;
}

const NONE: readonly Step[] = [];

/** Nothing is there, why that is, and what can be done. */
export function Empty({ title, text, titled = false, steps = NONE, children }: EmptyProps) {
  const Title = titled ? 'h1' : 'p';
  return (
    <div className="state">
      <Inbox size={32} strokeWidth={1.25} aria-hidden />
      <Title className="state__title">{title}</Title>
      {text !== undefined && <p className="state__text">{text}</p>}
      {children}
      {steps !== null && <NextStep steps={steps} />}
    </div>
  );
}

interface NoMatchProps {
  title: string;
  text?: string;
  /** Take away whatever hides the rows; none where nothing hides any. */
  onClear: (() => void) | null;
  children?: ReactNode;
}

/** There may be rows, but what was asked for hides them: one press shows them again. */
export function NoMatch({ title, text, onClear, children }: NoMatchProps) {
  const { t } = useTranslation();
  return (
    <Empty title={title} steps={null} {...(text !== undefined && { text })}>
      {onClear !== null && <Button onPress={onClear}>{t('state.clear_filters')}</Button>}
      {children}
    </Empty>
  );
}

interface RefusedProps {
  problem: Problem;
  titled: boolean;
}

/** What the reader may not see: what is missing and who has it. Asking again would change nothing. */
function Refused({ problem, titled }: RefusedProps) {
  const whoMay = useWhoMay(problem);
  const Title = titled ? 'h1' : 'p';
  return (
    <div className="state">
      <Lock size={32} strokeWidth={1.25} aria-hidden />
      <Title className="state__title">{problem.message}</Title>
      <p className="state__text">{whoMay || problem.detail}</p>
    </div>
  );
}

interface FailedProps {
  error: unknown;
  retry: () => void;
  /** Nothing else is on the screen: what failed is its title. */
  titled?: boolean;
}

/** A read that failed: what the server said and a way to try again, unless it may not be read. */
export function Failed({ error, retry, titled = false }: FailedProps) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  if (problem.status === DENIED) return <Refused problem={problem} titled={titled} />;
  const unreachable = problem.code === UNREACHABLE;
  const Picture = unreachable ? CloudOff : CircleAlert;
  const Title = titled ? 'h1' : 'p';
  return (
    <div className="state" role="alert">
      <Picture size={32} strokeWidth={1.25} aria-hidden />
      <Title className="state__title">
        {unreachable ? t('problem.unreachable') : problem.message}
      </Title>
      <p className="state__text">
        {unreachable ? t('problem.unreachable_text') : problem.detail}
      </p>
      <Button onPress={retry}>{t('action.retry')}</Button>
    </div>
  );
}

/** A write that was refused: the server's words name the field and the rule. */
export function ProblemNote({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation();
  const whoMay = useWhoMay(problem);
  if (problem === null) return null;
  const unreachable = problem.code === UNREACHABLE;
  return (
    <div className="note note--bad" role="alert">
      <CircleAlert size={16} aria-hidden />
      <div>
        <p className="note__text">
          {unreachable ? t('problem.unreachable') : problem.detail || problem.message}
        </p>
        <p className="note__rule">
          {unreachable ? t('problem.unreachable_text') : problem.detail ? problem.message : whoMay}
        </p>
      </div>
    </div>
  );
}

/** Something was done. */
export function DoneNote({ children }: { children: ReactNode }) {
  return (
    <div className="note note--good" role="status">
      <CircleCheck size={16} aria-hidden />
      <p className="note__text">{children}</p>
    </div>
  );
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => Promise<unknown> };
  skeletonRows?: number;
  /** It is the whole screen, title and all. */
  whole?: boolean;
  children: (data: T) => ReactNode;
}

/** What was read, its skeleton until then, or what went wrong. Old data stays while it is renewed. */
export function Loaded<T>({ query, skeletonRows, whole = false, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return <Failed titled={whole} error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <Skeleton titled={whole} {...(skeletonRows === undefined ? {} : { rows: skeletonRows })} />
  );
}
