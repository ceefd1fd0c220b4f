import { expect, test } from 'vitest';

import { tablesOf } from './cardTables';

test('each table is told once, with the codes of its cards', () => {
  const card = (id: string, code: string, version = '2026.1') => ({ id, version, code });
  const cards = [card('fire', 'STRUCTURE'), card('medical', 'CHEST'), card('fire', 'VEHICLE'), card('fire', 'STRUCTURE')];
  expect(tablesOf([...cards, card('fire', 'STRUCTURE', '2027.1')])).toEqual([
    { id: 'fire', version: '2026.1', codes: ['STRUCTURE', 'VEHICLE'] },
    { id: 'medical', version: '2026.1', codes: ['CHEST'] },
    { id: 'fire', version: '2027.1', codes: ['STRUCTURE'] },
  ]);
});
