/** Notices from the stream, brought into the cached reads that every screen shows. */
import type { Query, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

import { noticeAlert } from './alerts';
import { keys } from './keys';
import { withAssignment, withIncident, withPositions, type UnitMoved, type UnitsMoved } from './notices';
import { seenFor, usualPurpose } from './purpose';
import { observeServerTime } from './serverClock';
import { openStream, type ConnectionState, type Notice, type Topic } from './stream';
import type { Assignment, CaseRow, IncidentRow, Unit } from './types';

/** Positions arrive many a second: lists are renewed at most this often. */
const LIST_RENEWAL_MS = 2_000;
/** Many notices may come with one act: what waits is asked once for all of them. */
const WAITING_PAUSE_MS = 1_000;

let state: ConnectionState = 'connecting';
const watchers = new Set<() => void>();
const followers = new Set<(moved: UnitMoved) => void>();

function setState(next: ConnectionState): void {
  if (next === state) return;
  state = next;
  watchers.forEach((watcher) => watcher());
}

/** Whether what is on screen is live. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
  );
}

/** Be told every position of every unit as it arrives. Returns how to stop. */
export function followUnits(follower: (moved: UnitMoved) => void): () => void {
  followers.add(follower);
  return () => followers.delete(follower);
}

interface Subject {
  subject_id: string;
}

interface Withdrawn {
  case_id: string;
}

interface Stamped {
  at?: string;
}

/** Which reads a notice makes out of date, where it carries nothing to be shown. */
const STALE = {
  'unit.changed': [keys.units],
  'call.changed': [keys.calls],
  'call.overdue': [keys.calls],
  'report.updated': [keys.incidents],
  'joint_task.changed': [keys.jointTasks],
  'glass.broken': [keys.glass, keys.cases],
  'glass.reviewed': [keys.glass],
  'glass.overdue': [keys.glass],
  'volunteering.changed': [keys.volunteerTasks],
  'share.changed': [keys.sharedIncidents],
  'help_request.changed': [keys.helpRequests, keys.sharedIncidents],
  'agreement.changed': [keys.agreements, keys.sharedIncidents],
  'warning.changed': [keys.warnings],
  'alert.received': [keys.alerts],
  'handover.changed': [keys.handovers, keys.handoverDraft],
  'review.changed': [keys.reviews],
  'closure.changed': [keys.closures, keys.coverage],
} as const satisfies Partial<Record<Topic, readonly (readonly string[])[]>>;

type OfClocks = 'incident.escalated' | 'clock.warning' | 'clock.breached';

function isOfClocks(topic: Topic): topic is OfClocks {
  return topic.startsWith('clock.') || topic === 'incident.escalated';
}

function isOnlyStale(topic: Topic): topic is keyof typeof STALE | OfClocks {
  return topic in STALE || isOfClocks(topic);
}

function staleBy(topic: keyof typeof STALE | OfClocks, body: unknown): readonly (readonly string[])[] {
  return isOfClocks(topic) ? [keys.incident((body as Subject).subject_id), keys.wall] : STALE[topic];
}

/** Apply one notice to the cache. Positions are gathered in `moved` for the next renewal. */
export function applyNotice(
  cache: QueryClient,
  { topic, body }: Notice,
  moved: Map<string, UnitMoved>,
): void {
  if (isOnlyStale(topic)) {
    staleBy(topic, body).forEach((queryKey) => void cache.invalidateQueries({ queryKey }));
    return;
  }
  switch (topic) {
    case 'units.moved':
      for (const position of (body as UnitsMoved).units) moved.set(position.unit_id, position);
      return;
    case 'assignment.changed': {
      const assignment = body as Assignment;
      cache.setQueryData<Unit[]>(keys.units, (rows) => rows && withAssignment(rows, assignment));
      void cache.invalidateQueries({ queryKey: keys.incident(assignment.incident_id) });
      void cache.invalidateQueries({ queryKey: keys.assignments });
      return;
    }
    case 'incident.received':
    case 'incident.changed': {
      const row = body as IncidentRow;
      cache.setQueryData<IncidentRow[]>(keys.openIncidents, (rows) => rows && withIncident(rows, row));
      void cache.invalidateQueries({ queryKey: keys.incident(row.id) });
      void cache.invalidateQueries({ queryKey: keys.pastIncidents });
      return;
    }
    case 'case.withdrawn': {
      const { case_id } = body as Withdrawn;
      void cache.invalidateQueries({ queryKey: keys.cases });
      void cache.resetQueries({ queryKey: keys.case(case_id) });
      return;
    }
    case 'case.filed':
    case 'case.changed': {
      void cache.invalidateQueries({ queryKey: keys.cases });
      void cache.invalidateQueries({ queryKey: keys.case((body as CaseRow).id) });
    }
  }
}

/** Read again what could not be read meanwhile. */
function refetchFailed(cache: QueryClient): void {
  const hasFailed = ({ state: { status } }: Query): boolean => status === 'error';
  void cache.refetchQueries({ type: 'active', predicate: hasFailed });
}

/**
 * Ask again what waits, once for all notices of a pause: any of them may lengthen or shorten a queue.
 * Returns who is told of a notice, and how to stop.
 */
function waitingFollower(cache: QueryClient): { told: () => void; stop: () => void } {
  let pause: ReturnType<typeof setTimeout> | undefined;
  return {
    told: () => {
      pause ??= setTimeout(() => {
        pause = undefined;
        void cache.invalidateQueries({ queryKey: keys.waiting });
      }, WAITING_PAUSE_MS);
    },
    stop: () => clearTimeout(pause),
  };
}

/** Connect the cache to the stream. Returns how to disconnect. */
export function connectLive(cache: QueryClient): () => void {
  const moved = new Map<string, UnitMoved>();
  const renewal = setInterval(() => {
    if (moved.size === 0) return;
    const positions = new Map(moved);
    moved.clear();
    cache.setQueryData<Unit[]>(keys.units, (rows) => rows && withPositions(rows, positions));
  }, LIST_RENEWAL_MS);
  const waiting = waitingFollower(cache);
  const close = openStream(seenFor('/stream', usualPurpose()), {
    state: (next) => {
      if (next === 'live' && state !== 'live') refetchFailed(cache);
      setState(next);
    },
    reset: () => void cache.invalidateQueries(),
    notice: (notice) => {
      applyNotice(cache, notice, moved);
      noticeAlert(notice);
      // A position carries the time it was taken at; every other notice that of its publishing.
      if (notice.topic === 'units.moved') {
        for (const position of (notice.body as UnitsMoved).units) {
          followers.forEach((follower) => follower(position));
        }
        return;
      }
      waiting.told();
      const { at } = notice.body as Stamped;
      if (at !== undefined) observeServerTime(at);
    },
  });
  return () => {
    clearInterval(renewal);
    waiting.stop();
    close();
  };
}
