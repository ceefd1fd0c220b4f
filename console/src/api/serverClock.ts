import { useSyncExternalStore } from 'react';

/** From this rate on the clock is certainly sped up: no delay on the way explains it. */
const FAST_RATE = 3;
const FAST_WINDOW_MS = 2_000;
/** A smaller rate shows only over a longer while, … */
const RATE_WINDOW_MS = 12_000;
/** … and between these two the clock counts as running at the ordinary speed. */
const ORDINARY_RATE = { low: 0.8, high: 1.25 };

interface Reading {
  server_ms: number;
  local_ms: number;
}

/**
 * The server's clock as read from its answers and notices.
 *
 * Clocks on screen run by the server's time, not by this machine's: a wrong wall clock must not move
 * a deadline, and a duty day that is simulated faster than real time must count down faster.
 */
export class ServerClock {
  #base: Reading;
  #anchor: Reading;
  #rate = 1;

  constructor(start: Reading) {
    this.#base = start;
    this.#anchor = start;
  }

  /** Seconds of server time in one second here; 1 unless the server's clock is sped up. */
  get rate(): number {
    return this.#rate;
  }

  /** Server time in milliseconds since 1970 at the local monotonic time `local_ms`. */
  at(local_ms: number): number {
    return this.#base.server_ms + (local_ms - this.#base.local_ms) * this.#rate;
  }

  /** Take over one reading of the server's clock. */
  observe(reading: Reading): void {
    const passed_ms = reading.local_ms - this.#anchor.local_ms;
    const rate = (reading.server_ms - this.#anchor.server_ms) / passed_ms;
    if (passed_ms >= FAST_WINDOW_MS && rate >= FAST_RATE) {
      this.#rate = rate;
      this.#anchor = reading;
    } else if (passed_ms >= RATE_WINDOW_MS) {
      const isOrdinary = rate >= ORDINARY_RATE.low && rate <= ORDINARY_RATE.high;
      this.#rate = isOrdinary || rate <= 0 ? 1 : rate;
      this.#anchor = reading;
    }
    this.#base = reading;
  }

  /** Forget what was taken for the time before. */
  restart(reading: Reading): void {
    this.#base = reading;
    this.#anchor = reading;
  }
}

const TICK_MS = 1_000;
const clock = new ServerClock({ server_ms: Date.now(), local_ms: performance.now() });
let isSet = false;
const listeners = new Set<() => void>();
let tick: ReturnType<typeof setInterval> | undefined;
let shown_ms = clock.at(performance.now());

function show(): void {
  shown_ms = clock.at(performance.now());
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  tick ??= setInterval(show, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(tick);
      tick = undefined;
    }
  };
}

/** Take over the time that the server says: of an answer or of a notice just published. */
export function observeServerTime(iso: string): void {
  const server_ms = Date.parse(iso);
  if (Number.isNaN(server_ms)) return;
  const reading = { server_ms, local_ms: performance.now() };
  if (isSet) {
    clock.observe(reading);
    return;
  }
  isSet = true;
  clock.restart(reading);
  show();
}

/** Server time now, milliseconds since 1970. */
export function serverNow(): number {
  return clock.at(performance.now());
}

/** Server time, renewed every second. All clocks on screen tick together. */
export function useServerNow(): number {
  return useSyncExternalStore(subscribe, () => shown_ms);
}

const MINUTE_MS = 60_000;

/** The minute of the server's time that has begun: for what need not be drawn anew every second. */
export function useServerMinute(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(shown_ms / MINUTE_MS) * MINUTE_MS);
}

/** Seconds of server time in one second here. */
export function useServerRate(): number {
  return useSyncExternalStore(subscribe, () => Math.round(clock.rate));
}
