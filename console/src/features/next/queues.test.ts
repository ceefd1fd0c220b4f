import { expect, test } from 'vitest';

import { inOrderOf } from './queues';

const named = (...names: string[]) => names.map((name) => ({ name }));

test('a role finds first what is its own to do first, the rest as it comes', () => {
  const waiting = named('UNIT_OUT', 'CASE_TO_TAKE', 'CASE_LATE', 'ITEM_TO_DECIDE');
  expect(inOrderOf('DEPARTMENT_DESK', waiting)).toEqual(
    named('CASE_LATE', 'CASE_TO_TAKE', 'UNIT_OUT', 'ITEM_TO_DECIDE'),
  );
});

test('a queue that this screen does not know yet is left out, not shown without words', () => {
  expect(inOrderOf('SUPERVISOR', named('OF_TOMORROW', 'CLOCK_LATE'))).toEqual(named('CLOCK_LATE'));
});
