import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useMay } from '../../api/session';
import type { Unit } from '../../api/types';
import { letterOf } from '../../map/symbols';
import { UnitPosition } from './UnitPosition';

/** One unit on the board. */
export function UnitCard({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const mayOpen = useMay('incident.read');
  return (
    <li className="unit-card">
      <span className="letter" aria-hidden>
        {letterOf(unit.kind)}
      </span>
      <div className="unit-card__body">
        <span className="line-up">
          <Link to={`/units/${unit.id}`}>
            <strong className="unit-row__sign">{unit.call_sign}</strong>
          </Link>
          <span className="soft">{t(`unit_kind.${unit.kind}`, { defaultValue: unit.kind })}</span>
        </span>
        {unit.assignment !== null && mayOpen && (
          <Link to={`/incidents/${unit.assignment.incident_id}`}>
            {unit.assignment.incident_number}
          </Link>
        )}
        {unit.duty_reason !== '' && <span>{unit.duty_reason}</span>}
        <UnitPosition unit={unit} />
      </div>
    </li>
  );
}
