import { expect, test } from 'vitest';

import { readClock, readOne, writeSpan } from './clock';

const RECEIVED = '2026-03-01T08:00:00Z';
const stamp = (time: string): string => `2026-03-01T${time}Z`;
const at = (time: string): number => Date.parse(stamp(time));
const DISPATCH = {
  code: 'dispatch',
  unit: '',
  began_at: stamp('08:00:00'),
  warn_at: stamp('08:02:15'),
  due_at: stamp('08:03:00'),
  ended_at: null,
};
const SENT = { ...DISPATCH, ended_at: stamp('08:02:00') };
const ARRIVAL = {
  ...DISPATCH,
  code: 'arrival',
  began_at: stamp('08:02:00'),
  warn_at: stamp('08:08:00'),
  due_at: stamp('08:10:00'),
};

test('a clock runs down, warns from the moment of the rule, and is over after it is due', () => {
  expect(readOne(DISPATCH, at('08:01:00'))).toEqual({
    code: 'dispatch',
    unit: '',
    state: 'running',
    span_ms: 120_000,
  });
  expect(readOne(DISPATCH, at('08:02:14')).state).toBe('running');
  expect(readOne(DISPATCH, at('08:02:15')).state).toBe('warning');
  expect(readOne(DISPATCH, at('08:03:00')).state).toBe('warning');
  const over = readOne(DISPATCH, at('08:03:05'));
  expect([over.state, over.span_ms]).toEqual(['breached', 5_000]);
});

test('a clock that ended stands at the time taken, in time to the very moment', () => {
  const met = readOne({ ...ARRIVAL, ended_at: stamp('08:10:00') }, at('09:00:00'));
  expect([met.state, met.span_ms]).toEqual(['met', 480_000]);
  expect(readOne({ ...ARRIVAL, ended_at: stamp('08:10:01') }, at('09:00:00')).state).toBe('missed');
});

test('of several clocks the first that is due is shown, then the last that ended', () => {
  const other = { ...ARRIVAL, code: 'force', due_at: stamp('08:09:00') };
  expect(readClock([SENT, ARRIVAL, other], RECEIVED, at('08:04:00')).code).toBe('force');
  expect(readClock([DISPATCH], RECEIVED, at('08:04:00')).code).toBe('dispatch');
  const arrived = { ...ARRIVAL, ended_at: stamp('08:05:00') };
  expect(readClock([arrived, SENT], RECEIVED, at('09:00:00')).code).toBe('arrival');
});

test('without a clock the time since is shown', () => {
  expect(readClock([], RECEIVED, at('08:07:00'))).toEqual({
    code: null,
    unit: '',
    state: 'waiting',
    span_ms: 420_000,
  });
});

test('spans are written in whole seconds', () => {
  expect(writeSpan(0)).toBe('0:00');
  expect(writeSpan(59_999)).toBe('0:59');
  expect(writeSpan(245_000)).toBe('4:05');
  expect(writeSpan(3_723_000)).toBe('1:02:03');
});
