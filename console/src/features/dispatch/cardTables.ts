/** Which tables of run cards decided, told once each: a pure function. */
import type { Recommendation } from '../../api/types';

type CardName = Recommendation['policy']['cards'][number];

export interface Table {
  id: string;
  version: string;
  codes: string[];
}

/** The tables in the order of their first card, each with the codes of its cards. */
export function tablesOf(cards: readonly CardName[]): Table[] {
  const tables: Table[] = [];
  for (const { id, version, code } of cards) {
    const table = tables.find((one) => one.id === id && one.version === version);
    if (table === undefined) tables.push({ id, version, codes: [code] });
    else if (!table.codes.includes(code)) table.codes.push(code);
  }
  return tables;
}
