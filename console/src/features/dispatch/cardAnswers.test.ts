import { expect, test } from 'vitest';

import type { Kind, RunCard } from '../../api/types';
import { cardFor, unanswered } from './cardAnswers';

const card = (code: string, more: Partial<RunCard>): RunCard => ({
  id: 'cards', version: '2026.1', code, name_zh: '', name_en: '', source_zh: '', source_en: '',
  valid_from: '2026-01-01', valid_until: null, kinds: ['FIRE'], priorities: [1, 2], sites: [],
  levels: [[]], short: [[]], ...more,
});
const kind = (code: string, capabilities: string[]): Kind =>
  ({ code, capabilities, name_zh: code, name_en: code }) as unknown as Kind;

test('a card for certain sites does not answer for all places', () => {
  const cards = [card('SCHOOL', { sites: ['SCHOOL'] }), card('ANY', {})];
  expect(cardFor(cards, 'FIRE', 1)?.code).toBe('ANY');
  expect(cardFor(cards, 'FIRE', 3)).toBeUndefined();
});

test('a kind without a card is found with its urgencies, one that needs no unit is not', () => {
  const found = unanswered([card('ANY', {})], [kind('FIRE', ['FIRE_ENGINE']), kind('LAMP', [])], [1, 2, 3, 4]);
  expect(found.map((one) => [one.kind.code, one.priorities])).toEqual([['FIRE', [3, 4]]]);
});
