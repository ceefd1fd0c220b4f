import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../../api/reference';
import { useMay } from '../../api/session';
import type { Shift, UnitPage } from '../../api/types';
import { useCrewMembers, useShiftMove } from '../../api/units';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';
import { PlanShift } from './PlanShift';
import { SignOn } from './SignOn';

function Moves({ shift }: { shift: Shift }) {
  const { t } = useTranslation();
  const make = useShiftMove();
  const mayMove = useMay('unit.duty');
  const mayPlan = useMay('shift.plan');
  return (
    <div className="line-up">
      {shift.moves.map((move) => {
        const name = t(`shift_move.${move}`, { defaultValue: move });
        if (!(move === 'cancel' ? mayPlan : mayMove)) return null;
        if (move === 'sign_on') return <SignOn key={move} shift={shift} />;
        if (move === 'cancel') {
          return (
            <Ask
              key={move}
              button={<Button look="quiet">{name}</Button>}
              title={name}
              label={t('fact.reason')}
              confirm={name}
              problem={make.error}
              isPending={make.isPending}
              onAnswer={(reason, close) =>
                make.mutate({ id: shift.id, move, reason }, { onSuccess: close })
              }
            />
          );
        }
        return (
          <Button
            key={move}
            isDisabled={make.isPending}
            onPress={() => make.mutate({ id: shift.id, move })}
          >
            {name}
          </Button>
        );
      })}
      <ProblemNote problem={make.error} />
    </div>
  );
}

/** Who is on the unit, and the plan: each shift with its people and what may be done with it. */
export function UnitShifts({ unit }: { unit: UnitPage }) {
  const { t } = useTranslation();
  const mayPlan = useMay('shift.plan');
  const known = new Map(
    [...(useCrewMembers().data ?? []), ...unit.crew].map((one) => [one.id, nameOf(one)]),
  );
  return (
    <Panel
      title={t('shift.title')}
      count={unit.shifts.length}
      flush
      tools={mayPlan ? <PlanShift unitId={unit.id} /> : undefined}
    >
      {unit.shifts.length === 0 ? (
        <p className="board__none soft">{t('shift.none')}</p>
      ) : (
        <ul>
          {unit.shifts.map((shift) => (
            <li key={shift.id} className="shift">
              <div className="line-up">
                <span className={shift.state === 'ON' ? 'chip chip--good chip--full' : 'chip'}>
                  {t(`shift_state.${shift.state}`)}
                </span>
                <span>
                  <When at={shift.begins_at} /> – <When at={shift.ends_at} />
                </span>
                {shift.overdue && (
                  <span className="unit-card__old">
                    <TriangleAlert size={13} aria-hidden /> {t('shift.overdue')}
                  </span>
                )}
              </div>
              <span>{shift.crew.map((id) => known.get(id) ?? t('shift.somebody')).join(' · ')}</span>
              <Moves shift={shift} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
