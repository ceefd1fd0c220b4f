import { useTranslation } from 'react-i18next';

import { nameOf, useGridCells, useItemName, useKindName } from '../../api/reference';
import type { WaitingRow } from '../../api/types';
import type { Named } from './queues';

interface RowName {
  name: string;
  /** What it is called by besides: its number, a call sign. */
  beside: string;
}

/** A function from a row to what it is called in the language on screen. */
export function useRowName(): (named: Named, row: WaitingRow) => RowName {
  const { t } = useTranslation();
  const itemName = useItemName();
  const kindName = useKindName();
  const cells = useGridCells().data?.features ?? [];
  const ofCell = (area: string): string => {
    const found = cells.find(({ properties }) => String(properties?.['area']).padStart(15, '0') === area);
    const { name_zh, name_en } = (found?.properties ?? {}) as Partial<Record<string, string>>;
    return name_zh !== undefined && name_en !== undefined ? nameOf({ name_zh, name_en }) : area;
  };
  return (named, row) => {
    switch (named) {
      case 'item':
        return { name: itemName(row.code), beside: row.name };
      case 'kind':
        return { name: kindName(row.code), beside: row.name };
      case 'unit':
        return { name: row.name, beside: t(`unit_kind.${row.code}`, { defaultValue: row.code }) };
      case 'call':
        return { name: t(`next.call.${row.code}`, { defaultValue: row.code }), beside: '' };
      case 'role':
        return { name: row.name, beside: t(`role.${row.code}`, { defaultValue: row.code }) };
      case 'cell':
        return { name: ofCell(row.name), beside: row.name };
      case 'none':
        return row.code === 'UNSEALED'
          ? { name: t('next.unsealed', { count: Number(row.name) }), beside: '' }
          : { name: row.name || t('next.unnamed'), beside: '' };
    }
  };
}
