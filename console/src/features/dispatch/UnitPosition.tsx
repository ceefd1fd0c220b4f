import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useServerNow } from '../../api/serverClock';
import type { Unit } from '../../api/types';
import { Ago } from '../../ui/When';

interface Props {
  unit: Unit;
  /** What it is the position of stands beside it already. */
  isNamed?: boolean;
}

/** Where a unit's position comes from and how old it is; an old one is marked and named as old. */
export function UnitPosition({ unit, isNamed = false }: Props) {
  const { t } = useTranslation();
  const now = useServerNow();
  if (unit.duty !== 'ON_DUTY') return null;
  if (unit.positioned_at === null) return <span className="soft">{t('unit.at_station')}</span>;
  const isOld = now - Date.parse(unit.positioned_at) > unit.position_stale_after_s * 1000;
  return (
    <span className={isOld ? 'unit-card__old' : 'soft'}>
      {isOld && <TriangleAlert size={13} aria-hidden />}
      {isOld && t('unit.position_old')}
      {!isOld && !isNamed && t('unit.position')} <Ago at={unit.positioned_at} />
    </span>
  );
}
