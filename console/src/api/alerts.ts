/** What the desk has to hear of at once: new incidents, clocks near or over their limit, next rings. */
import { useSyncExternalStore } from 'react';

import type { Notice } from './stream';

export type AlertKind = 'new' | 'warning' | 'breached' | 'escalated';

export interface Alert {
  id: number;
  kind: AlertKind;
  incidentId: string;
  incidentKind: string;
  number: string;
  priority: number;
  /** The clock it is about, where it is about one. */
  clock: string;
  unit: string;
  /** The ring that is asked now, where it is about one. */
  ring: { name_zh: string; name_en: string } | null;
}

const KINDS: Partial<Record<Notice['topic'], AlertKind>> = {
  'incident.received': 'new',
  'clock.warning': 'warning',
  'clock.breached': 'breached',
  'incident.escalated': 'escalated',
};
/** Older alerts leave the screen: the queue shows the same. */
const SHOWN_LIMIT = 3;

interface AlertBody {
  subject_id: string;
  kind: string;
  number: string;
  priority: number;
  clock?: string;
  unit?: string;
  name_zh?: string;
  name_en?: string;
}

let alerts: readonly Alert[] = [];
let count = 0;
const watchers = new Set<() => void>();
const listeners = new Set<(alert: Alert) => void>();

function show(next: readonly Alert[]): void {
  alerts = next;
  watchers.forEach((watcher) => watcher());
}

/** The alert that a notice means, if it means one. */
export function alertOf({ topic, body }: Notice, id: number): Alert | null {
  const kind = KINDS[topic];
  if (kind === undefined) return null;
  const { subject_id, kind: incidentKind, number, priority, ...more } = body as AlertBody;
  const { clock = '', unit = '', name_zh, name_en } = more;
  const ring = name_zh !== undefined && name_en !== undefined ? { name_zh, name_en } : null;
  return { id, kind, incidentId: subject_id, incidentKind, number, priority, clock, unit, ring };
}

/** Take in a notice from the stream. */
export function noticeAlert(notice: Notice): void {
  const alert = alertOf(notice, count + 1);
  if (alert === null) return;
  count = alert.id;
  show([alert, ...alerts].slice(0, SHOWN_LIMIT));
  listeners.forEach((listener) => listener(alert));
}

export function dismissAlert(id: number): void {
  show(alerts.filter((alert) => alert.id !== id));
}

/** Be told every alert as it comes. Returns how to stop. */
export function followAlerts(listener: (alert: Alert) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The latest alerts that nobody has put away, newest first. */
export function useAlerts(): readonly Alert[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => alerts,
  );
}
