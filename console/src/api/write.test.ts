import { expect, test } from 'vitest';

import { Problem } from './problem';
import { isSentAgain, pauseBefore } from './write';

const GONE = new Problem({ code: 'unreachable' }, 0);
const AWAY = new Problem({ code: 'database.away' }, 503);
const NO_RULE = new Problem({ code: 'rule.none_in_force' }, 503);
const REFUSED = new Problem({ code: 'unit.busy' }, 409);

/** For how long a write is sent again. */
function patience_s(problem: Problem, patient: boolean): number {
  let failures = 0;
  let waited_ms = 0;
  while (isSentAgain(failures, problem, patient)) {
    waited_ms += pauseBefore(failures);
    failures += 1;
  }
  return waited_ms / 1_000;
}

test('a write outlives a cut of two minutes, where a banner says so', () => {
  expect(patience_s(GONE, true)).toBeGreaterThan(120);
  expect(patience_s(AWAY, true)).toBeGreaterThan(120);
});

test('elsewhere, and for what is away for good, the person hears of it soon', () => {
  expect(patience_s(AWAY, false)).toBe(3);
  expect(patience_s(NO_RULE, true)).toBe(3);
});

test('what was refused is not sent again', () => {
  expect(patience_s(REFUSED, true)).toBe(0);
});
