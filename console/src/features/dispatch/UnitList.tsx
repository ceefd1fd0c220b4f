import { GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Unit } from '../../api/types';
import { letterOf } from '../../map/symbols';
import { FirstRows } from '../../ui/FirstRows';
import { UnitChip } from '../../ui/PhaseChip';
import './units.css';

/** Free units first, then those at work, then those off duty; by call sign within. */
const ORDER: Record<Unit['status'], number> = {
  AVAILABLE: 0,
  ASSIGNED: 1,
  EN_ROUTE: 2,
  ON_SCENE: 3,
  OFF_DUTY: 4,
  OUT_OF_SERVICE: 5,
};

export function byStatus(a: Unit, b: Unit): number {
  return ORDER[a.status] - ORDER[b.status] || a.call_sign.localeCompare(b.call_sign);
}

interface Props {
  rows: readonly Unit[];
  onOpen: (id: string) => void;
}

/** Units beside the map. */
export function UnitList({ rows, onOpen }: Props) {
  return (
    <FirstRows rows={rows.toSorted(byStatus)}>
      {(first) => <Listed rows={first} onOpen={onOpen} />}
    </FirstRows>
  );
}

function Listed({ rows, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <GridList
      aria-label={t('place.units')}
      className="unit-list"
      items={rows}
      dependencies={[i18n.language]}
      onAction={(id) => onOpen(String(id))}
    >
      {(unit) => (
        <GridListItem className="unit-row" textValue={unit.call_sign}>
          <span className="letter" aria-hidden>
            {letterOf(unit.kind)}
          </span>
          <span className="unit-row__sign">{unit.call_sign}</span>
          <span className="soft">{t(`unit_kind.${unit.kind}`, { defaultValue: unit.kind })}</span>
          <UnitChip status={unit.status} />
        </GridListItem>
      )}
    </GridList>
  );
}
