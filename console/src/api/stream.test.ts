import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { openStream, type ConnectionState } from './stream';

/** A browser's EventSource, driven by hand. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static last: FakeSource;
  readyState = 0;
  onerror: () => void = () => undefined;

  constructor() {
    super();
    FakeSource.last = this;
  }

  say(topic: string, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(topic, { data: '{}', lastEventId }));
  }

  /** The line ends; the browser comes back by itself. */
  drop(): void {
    this.onerror();
  }

  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
}

let states: ConnectionState[];
let resets: number;
let seen: string[];
let close: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('navigator', { onLine: true });
  [states, resets, seen] = [[], 0, []];
  close = openStream('/stream', {
    state: (state) => states.push(state),
    reset: () => (resets += 1),
    notice: ({ topic }) => seen.push(topic),
  });
});

afterEach(() => {
  close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a stream is live once it was greeted, and everything is read once', () => {
  FakeSource.last.say('hello', '7');
  expect(states).toEqual(['connecting', 'live']);
  expect(resets).toBe(1);
});

test('a database that is away is no lost line, however often the stream ends meanwhile', () => {
  FakeSource.last.say('hello', '7');
  for (let turn = 0; turn < 3; turn += 1) {
    FakeSource.last.say('away');
    FakeSource.last.drop();
    vi.advanceTimersByTime(10_000);
  }
  expect(states.slice(2)).toEqual(['away', 'away', 'away']);
  FakeSource.last.say('hello', '9');
  expect(states.at(-1)).toBe('live');
  expect(resets).toBe(1);
});

test('a server that goes after its database is offline in the end', () => {
  FakeSource.last.say('away');
  FakeSource.last.drop();
  vi.advanceTimersByTime(15_000);
  expect(states).toEqual(['connecting', 'away', 'offline']);
});

test('what is resumed twice counts once', () => {
  FakeSource.last.say('hello', '7');
  FakeSource.last.say('unit.changed', '8');
  FakeSource.last.drop();
  FakeSource.last.say('unit.changed', '8');
  FakeSource.last.say('hello', '8');
  expect(seen).toEqual(['unit.changed']);
  expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live']);
});
