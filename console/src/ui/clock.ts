/** How clocks are reckoned and written. All times are milliseconds since 1970. */
import type { RunningClock } from '../api/types';

export type ClockState = 'running' | 'warning' | 'breached' | 'met' | 'missed';

export interface ClockReading {
  /** Which clock of the rules; none while nothing but the wait can be told. */
  code: string | null;
  /** The unit it is about; empty where it is about the incident. */
  unit: string;
  state: ClockState | 'waiting';
  /** Time left, time over, or time taken, as the state says; never negative. */
  span_ms: number;
}

/** What one clock shows now. It complies if it ends by the moment it is due, that one included. */
export function readOne(clock: RunningClock, now_ms: number): ClockReading {
  const { code, unit } = clock;
  const due_ms = Date.parse(clock.due_at);
  if (clock.ended_at !== null) {
    const ended_ms = Date.parse(clock.ended_at);
    const state = ended_ms > due_ms ? 'missed' : 'met';
    return { code, unit, state, span_ms: ended_ms - Date.parse(clock.began_at) };
  }
  const left_ms = due_ms - now_ms;
  if (left_ms < 0) return { code, unit, state: 'breached', span_ms: -left_ms };
  const state = now_ms >= Date.parse(clock.warn_at) ? 'warning' : 'running';
  return { code, unit, state, span_ms: left_ms };
}

const by = (name: 'due_at' | 'ended_at') => (a: RunningClock, b: RunningClock) =>
  Date.parse(a[name] ?? '') - Date.parse(b[name] ?? '');

/** The one clock that matters now: of those that run the first that is due, else the last that ended. */
export function readClock(
  clocks: readonly RunningClock[],
  received_at: string,
  now_ms: number,
): ClockReading {
  const running = clocks.filter((clock) => clock.ended_at === null).sort(by('due_at'))[0];
  if (running !== undefined) return readOne(running, now_ms);
  const ended = [...clocks].sort(by('ended_at')).at(-1);
  if (ended !== undefined) return readOne(ended, now_ms);
  const span_ms = Math.max(0, now_ms - Date.parse(received_at));
  return { code: null, unit: '', state: 'waiting', span_ms };
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
