import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useDuty } from '../../api/dispatch';
import { useServerNow } from '../../api/serverClock';
import { useMay } from '../../api/session';
import type { Unit } from '../../api/types';
import { letterOf } from '../../map/symbols';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';
import { Ago } from '../../ui/When';

/** A position older than this says little about where the unit is. */
const OLD_POSITION_MS = 120_000;

function Position({ at }: { at: string }) {
  const { t } = useTranslation();
  const isOld = useServerNow() - Date.parse(at) > OLD_POSITION_MS;
  return (
    <span className={isOld ? 'unit-card__old' : 'soft'}>
      {isOld ? t('unit.position_old') : t('unit.position')} <Ago at={at} />
    </span>
  );
}

function Duty({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const duty = useDuty();
  const may = useMay('unit.duty');
  if (!may || unit.assignment !== null) return null;
  const next = unit.duty === 'ON_DUTY' ? 'OFF_DUTY' : 'ON_DUTY';
  return (
    <>
      <Button
        look="quiet"
        isDisabled={duty.isPending}
        onPress={() => duty.mutate({ id: unit.id, duty: next })}
      >
        {t(`duty.${next}`)}
      </Button>
      <ProblemNote problem={duty.error} />
    </>
  );
}

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
          <strong className="unit-row__sign">{unit.call_sign}</strong>
          <span className="soft">{t(`unit_kind.${unit.kind}`, { defaultValue: unit.kind })}</span>
        </span>
        {unit.assignment !== null && mayOpen && (
          <Link to={`/incidents/${unit.assignment.incident_id}`}>
            {unit.assignment.incident_number}
          </Link>
        )}
        {unit.positioned_at === null ? (
          <span className="soft">{t('unit.at_station')}</span>
        ) : (
          <Position at={unit.positioned_at} />
        )}
      </div>
      <Duty unit={unit} />
    </li>
  );
}
