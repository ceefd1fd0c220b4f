import { expect, test } from 'vitest';

import { readClock, writeSpan } from './clock';

const RECEIVED = '2026-03-01T08:00:00Z';
const CLOCK = {
  dispatch_due_at: '2026-03-01T08:03:00Z',
  arrival_due_at: '2026-03-01T08:10:00Z',
  dispatched_at: null,
  arrived_at: null,
};
const at = (time: string): number => Date.parse(`2026-03-01T${time}Z`);

test('until a unit is sent the dispatch clock runs down', () => {
  expect(readClock(CLOCK, RECEIVED, at('08:01:00'))).toEqual({
    label: 'dispatch_in',
    state: 'running',
    span_ms: 120_000,
  });
});

test('the last quarter warns and the time after it is a breach', () => {
  expect(readClock(CLOCK, RECEIVED, at('08:02:15')).state).toBe('warning');
  expect(readClock(CLOCK, RECEIVED, at('08:02:14')).state).toBe('running');
  expect(readClock(CLOCK, RECEIVED, at('08:03:00')).state).toBe('warning');
  expect(readClock(CLOCK, RECEIVED, at('08:03:05'))).toEqual({
    label: 'dispatch_late',
    state: 'breached',
    span_ms: 5_000,
  });
});

test('once a unit is sent the arrival clock runs, and then stands at the time taken', () => {
  const sent = { ...CLOCK, dispatched_at: '2026-03-01T08:02:00Z' };
  expect(readClock(sent, RECEIVED, at('08:04:00')).label).toBe('arrival_in');
  const arrived = { ...sent, arrived_at: '2026-03-01T08:09:30Z' };
  expect(readClock(arrived, RECEIVED, at('09:00:00'))).toEqual({
    label: 'arrived',
    state: 'met',
    span_ms: 450_000,
  });
  const late = { ...sent, arrived_at: '2026-03-01T08:10:01Z' };
  expect(readClock(late, RECEIVED, at('09:00:00')).state).toBe('missed');
});

test('without a rule the time since is shown', () => {
  const none = { ...CLOCK, dispatch_due_at: null, arrival_due_at: null };
  expect(readClock(none, RECEIVED, at('08:07:00'))).toEqual({
    label: 'waiting',
    state: 'running',
    span_ms: 420_000,
  });
});

test('spans are written in whole seconds', () => {
  expect(writeSpan(0)).toBe('0:00');
  expect(writeSpan(59_999)).toBe('0:59');
  expect(writeSpan(245_000)).toBe('4:05');
  expect(writeSpan(3_723_000)).toBe('1:02:03');
});
