/** How clocks are reckoned and written. All times are milliseconds since 1970. */
import type { IncidentClock } from '../api/types';

export type ClockState = 'running' | 'warning' | 'breached' | 'met' | 'missed';

export type ClockLabel =
  | 'dispatch_in'
  | 'dispatch_late'
  | 'arrival_in'
  | 'arrival_late'
  | 'waiting'
  | 'travelling'
  | 'arrived'
  | 'arrived_late';

export interface ClockReading {
  label: ClockLabel;
  state: ClockState;
  /** Time left, time over, or time taken, as the label says; never negative. */
  span_ms: number;
}

/** The warning starts when this share of the time allowed is left, … */
const WARNING_SHARE = 0.25;
/** … and in any case when this much is left. */
const WARNING_MIN_MS = 20_000;

function countdown(
  what: 'dispatch' | 'arrival',
  start_ms: number,
  due_ms: number,
  now_ms: number,
): ClockReading {
  const left_ms = due_ms - now_ms;
  if (left_ms < 0) return { label: `${what}_late`, state: 'breached', span_ms: -left_ms };
  const warn_ms = Math.max(WARNING_MIN_MS, (due_ms - start_ms) * WARNING_SHARE);
  const state = left_ms <= warn_ms ? 'warning' : 'running';
  return { label: `${what}_in`, state, span_ms: left_ms };
}

/** The one clock that matters now: to dispatch, then to arrival, then what arrival came to. */
export function readClock(clock: IncidentClock, received_at: string, now_ms: number): ClockReading {
  const { dispatch_due_at, dispatched_at, arrival_due_at, arrived_at } = clock;
  const received_ms = Date.parse(received_at);
  if (dispatched_at === null) {
    if (dispatch_due_at !== null) {
      return countdown('dispatch', received_ms, Date.parse(dispatch_due_at), now_ms);
    }
    return { label: 'waiting', state: 'running', span_ms: Math.max(0, now_ms - received_ms) };
  }
  const dispatched_ms = Date.parse(dispatched_at);
  const due_ms = arrival_due_at === null ? Infinity : Date.parse(arrival_due_at);
  if (arrived_at !== null) {
    const arrived_ms = Date.parse(arrived_at);
    const span_ms = arrived_ms - dispatched_ms;
    if (arrived_ms > due_ms) return { label: 'arrived_late', state: 'missed', span_ms };
    return { label: 'arrived', state: 'met', span_ms };
  }
  if (due_ms !== Infinity) return countdown('arrival', dispatched_ms, due_ms, now_ms);
  return { label: 'travelling', state: 'running', span_ms: Math.max(0, now_ms - dispatched_ms) };
}

/** `4:05` or `1:02:03`: whole seconds, cut off. */
export function writeSpan(span_ms: number): string {
  const seconds = Math.floor(span_ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const padded = String(seconds % 60).padStart(2, '0');
  if (hours === 0) return `${minutes}:${padded}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${padded}`;
}
