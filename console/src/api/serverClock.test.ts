import { expect, test, vi } from 'vitest';

vi.stubGlobal('performance', { now: () => 0 });
const { ServerClock } = await import('./serverClock');

test('time goes on from the last reading', () => {
  const clock = new ServerClock({ server_ms: 1_000_000, local_ms: 0 });
  clock.observe({ server_ms: 1_000_500, local_ms: 1_000 });
  expect(clock.at(1_200)).toBe(1_000_700);
  expect(clock.rate).toBe(1);
});

test('a sped-up clock is followed at its own rate', () => {
  const clock = new ServerClock({ server_ms: 0, local_ms: 0 });
  clock.observe({ server_ms: 180_000, local_ms: 3_000 });
  expect(clock.rate).toBe(60);
  expect(clock.at(4_000)).toBe(240_000);
});

test('small unevenness does not change the ordinary rate', () => {
  const clock = new ServerClock({ server_ms: 0, local_ms: 0 });
  clock.observe({ server_ms: 5_000, local_ms: 2_500 });
  expect(clock.rate).toBe(1);
  clock.observe({ server_ms: 13_800, local_ms: 12_000 });
  expect(clock.rate).toBe(1);
});

test('a little faster clock shows over a longer while', () => {
  const clock = new ServerClock({ server_ms: 0, local_ms: 0 });
  clock.observe({ server_ms: 24_000, local_ms: 12_000 });
  expect(clock.rate).toBe(2);
});

test('a restart forgets the rate window', () => {
  const clock = new ServerClock({ server_ms: 0, local_ms: 0 });
  clock.restart({ server_ms: 9_000_000, local_ms: 5_000 });
  expect(clock.at(6_000)).toBe(9_001_000);
  expect(clock.rate).toBe(1);
});
