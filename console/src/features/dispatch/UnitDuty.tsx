import { useTranslation } from 'react-i18next';

import { useMay } from '../../api/session';
import type { UnitPage } from '../../api/types';
import { useDuty } from '../../api/units';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';

/** Put a unit on duty, off duty, or out of service with a reason. A unit with a job stays. */
export function UnitDuty({ unit }: { unit: UnitPage }) {
  const { t } = useTranslation();
  const duty = useDuty();
  const may = useMay('unit.duty');
  if (!may || unit.assignment !== null) return null;
  const { id } = unit;
  const isManned = unit.shifts.some(({ state }) => state === 'ON');
  const stood = { duty: unit.duty, reason: unit.duty_reason };
  const next = unit.duty === 'ON_DUTY' ? 'OFF_DUTY' : 'ON_DUTY';
  return (
    <div className="line-up">
      <Button isDisabled={duty.isPending} onPress={() =>
          duty.mutate({ id, duty: next, ...(next === 'OFF_DUTY' && isManned ? {} : { before: stood }) })
        }>
        {t(`duty.${next}`)}
      </Button>
      {unit.duty !== 'OUT_OF_SERVICE' && (
        <Ask
          button={<Button>{t('duty.OUT_OF_SERVICE')}</Button>}
          title={`${unit.call_sign}: ${t('duty.OUT_OF_SERVICE')}`}
          label={t('fact.reason')}
          confirm={t('duty.OUT_OF_SERVICE')}
          problem={duty.error}
          isPending={duty.isPending}
          onAnswer={(reason, close) =>
            duty.mutate(
              { id, duty: 'OUT_OF_SERVICE', reason, before: stood },
              { onSuccess: close },
            )
          }
        />
      )}
      <ProblemNote problem={duty.error} />
    </div>
  );
}
