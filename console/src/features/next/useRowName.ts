import { useTranslation } from 'react-i18next';

import { nameOf, useGridCells, useItemName, useKindName, useOrganisationName } from '../../api/reference';
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
  const organisationName = useOrganisationName();
  const cells = useGridCells().data?.features ?? [];
  const ofCell = (area: string): string => {
    const found = cells.find(({ properties }) => String(properties?.['area']).padStart(15, '0') === area);
    const { name_zh, name_en } = (found?.properties ?? {}) as Partial<Record<string, string>>;
    return name_zh !== undefined && name_en !== undefined ? nameOf({ name_zh, name_en }) : area;
  };
  const alone = (name: string): RowName => ({ name, beside: '' });
  const names: Record<Named, (row: WaitingRow) => RowName> = {
    item: ({ code, name }) => ({ name: itemName(code), beside: name }),
    kind: ({ code, name }) => ({ name: kindName(code), beside: name }),
    gap: ({ code, name }) => ({
      name: kindName(code),
      beside: t('next.urgencies', { urgencies: name }),
    }),
    holder: ({ organisation_id }) => alone(organisationName(organisation_id)),
    unit: ({ code, name }) => ({ name, beside: t(`unit_kind.${code}`, { defaultValue: code }) }),
    call: ({ code }) => alone(t(`next.call.${code}`, { defaultValue: code })),
    role: ({ code, name }) => ({ name, beside: t(`role.${code}`, { defaultValue: code }) }),
    cell: ({ name }) => ({ name: ofCell(name), beside: name }),
    none: ({ code, name }) =>
      alone(
        code === 'UNSEALED'
          ? t('next.unsealed', { count: Number(name) })
          : name || t('next.unnamed'),
      ),
  };
  return (named, row) => names[named](row);
}
