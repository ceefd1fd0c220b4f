import { useTranslation } from 'react-i18next';

import { useMay } from '../../api/session';
import type { Unit } from '../../api/types';
import { useDuty } from '../../api/units';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';

/** Put a unit on duty, off duty, or out of service with a reason. A unit with a job stays. */
export function UnitDuty({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const duty = useDuty();
  const may = useMay('unit.duty');
  if (!may || unit.assignment !== null) return null;
  const next = unit.duty === 'ON_DUTY' ? 'OFF_DUTY' : 'ON_DUTY';
  return (
    <div className="line-up">
      <Button isDisabled={duty.isPending} onPress={() => duty.mutate({ id: unit.id, duty: next })}>
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
            duty.mutate({ id: unit.id, duty: 'OUT_OF_SERVICE', reason }, { onSuccess: close })
          }
        />
      )}
      <ProblemNote problem={duty.error} />
    </div>
  );
}
