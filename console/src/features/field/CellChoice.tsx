import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../../api/reference';
import type { Round } from '../../api/types';

const CELL_KEY = 'anlan.field_cell';
/** Stands for every cell of the round. */
export const EVERYWHERE = 'all';

/** The cell that was chosen on this device, if the round still has it. */
export function useCell(round: Round) {
  const [kept, setKept] = useState(() => localStorage.getItem(CELL_KEY) ?? EVERYWHERE);
  const cell = round.cells.some(({ area }) => String(area) === kept) ? kept : EVERYWHERE;
  const choose = (next: string): void => {
    localStorage.setItem(CELL_KEY, next);
    setKept(next);
  };
  return [cell, choose] as const;
}

interface Props {
  round: Round;
  cell: string;
  onCell: (cell: string) => void;
}

/** The telephone's own picker: nothing to fetch, and known to the thumb. */
export function CellChoice({ round, cell, onCell }: Props) {
  const { t } = useTranslation();
  return (
    <label className="field">
      <span className="field__label">{t('field.cell')}</span>
      <select
        className="field__box field__cell"
        value={cell}
        onChange={({ target }) => onCell(target.value)}
      >
        <option value={EVERYWHERE}>{t('field.all_cells')}</option>
        {round.cells.map((row) => (
          <option key={row.area} value={String(row.area)}>
            {nameOf(row)}
          </option>
        ))}
      </select>
    </label>
  );
}
