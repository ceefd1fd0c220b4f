/** One connection to the server's event stream, kept up and watched. */

export const TOPICS = [
  'incident.received',
  'incident.changed',
  'assignment.changed',
  'units.moved',
  'unit.changed',
  'call.changed',
  'call.overdue',
  'report.updated',
  'case.filed',
  'case.changed',
  'case.withdrawn',
  'glass.broken',
  'glass.reviewed',
  'glass.overdue',
  'joint_task.changed',
  'volunteering.changed',
  'share.changed',
  'help_request.changed',
  'agreement.changed',
  'warning.changed',
  'alert.received',
  'incident.escalated',
  'clock.warning',
  'clock.breached',
  'handover.changed',
  'review.changed',
  'closure.changed',
] as const;
export type Topic = (typeof TOPICS)[number];

/** `away`: the server is there and says that its database is not. */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'away' | 'offline';

export interface Notice {
  topic: Topic;
  body: unknown;
}

interface Listener {
  /** A notice not seen before. */
  notice: (notice: Notice) => void;
  /** Notices may have been missed: everything must be fetched again. */
  reset: () => void;
  state: (state: ConnectionState) => void;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** Without a connection for this long the screen says offline rather than reconnecting. */
const OFFLINE_AFTER_MS = 15_000;

/** Whether `sequence` is newer than all before; notices resumed twice are dropped. */
export class SequenceGate {
  #last = 0;

  isNew(sequence: number): boolean {
    if (!Number.isFinite(sequence)) return true;
    if (sequence <= this.#last) return false;
    this.#last = sequence;
    return true;
  }

  reset(): void {
    this.#last = 0;
  }
}

/**
 * Open the stream and keep it open until the returned function is called.
 *
 * The browser resumes a dropped connection by itself (Last-Event-ID). When it gives up, the stream is
 * opened anew after a growing pause. A stream that cannot resume may have missed something between
 * a read and its own beginning: everything is fetched again once it is open.
 */
export function openStream(address: string, listener: Listener): () => void {
  const gate = new SequenceGate();
  let source: EventSource | undefined;
  let retry_ms = FIRST_RETRY_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let offline: ReturnType<typeof setTimeout> | undefined;
  let isAway = false;

  function lost(): void {
    if (!navigator.onLine) listener.state('offline');
    // A server whose database is away says so and ends the stream: what it said last still holds.
    else if (!isAway) listener.state('reconnecting');
    offline ??= setTimeout(() => listener.state('offline'), OFFLINE_AFTER_MS);
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(retry);
    retry = setTimeout(open, retry_ms);
    retry_ms = Math.min(retry_ms * 2, LONGEST_RETRY_MS);
  }

  function answered(state: 'live' | 'away'): void {
    clearTimeout(offline);
    offline = undefined;
    retry_ms = FIRST_RETRY_MS;
    isAway = state === 'away';
    listener.state(state);
  }

  function open(): void {
    source?.close();
    let isFresh = true;
    const stream = new EventSource(address);
    source = stream;
    stream.onerror = lost;
    function begin(): void {
      isFresh = false;
      gate.reset();
      listener.reset();
    }
    stream.addEventListener('hello', () => {
      answered('live');
      if (isFresh) begin();
    });
    stream.addEventListener('reset', () => {
      answered('live');
      begin();
    });
    stream.addEventListener('away', () => answered('away'));
    for (const topic of TOPICS) {
      stream.addEventListener(topic, (event) => {
        // Where units stand has no number: it is told as it is, and a newer one replaces it.
        const isNew = topic === 'units.moved' || gate.isNew(sequenceOf(event));
        if (isNew) listener.notice({ topic, body: parse(event) });
      });
    }
  }

  const retryNow = (): void => {
    clearTimeout(retry);
    if (source?.readyState === EventSource.CLOSED) open();
  };
  window.addEventListener('online', retryNow);
  window.addEventListener('offline', lost);
  listener.state('connecting');
  open();
  return () => {
    clearTimeout(retry);
    clearTimeout(offline);
    window.removeEventListener('online', retryNow);
    window.removeEventListener('offline', lost);
    source?.close();
  };
}

function sequenceOf(event: MessageEvent): number {
  return event.lastEventId === '' ? Number.NaN : Number(event.lastEventId);
}

function parse(event: MessageEvent): unknown {
  return JSON.parse(String(event.data));
}
