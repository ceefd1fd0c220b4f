import { useTranslation } from 'react-i18next';

import { useDuty } from '../../api/units';
import type { Unit } from '../../api/types';
import { Button } from '../../ui/Button';
import { Empty, ProblemNote } from '../../ui/states';
import { useWaitingActs } from './useWaitingActs';

/** No job now: on or off duty. While an act is on its way the server knows of a job still. */
export function OwnDuty({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const duty = useDuty();
  const isAhead = useWaitingActs().length > 0;
  const next = unit.duty === 'ON_DUTY' ? 'OFF_DUTY' : 'ON_DUTY';
  const state = unit.duty === 'ON_DUTY' ? 'free' : 'off';
  return (
    <>
      <Empty steps={null} title={t(`crew.${state}`)} text={t(`crew.${state}_text`)} />
      <div className="crew__foot">
        <ProblemNote problem={duty.error} />
        <Button
          isDisabled={duty.isPending || isAhead}
          {...(next === 'ON_DUTY' ? { look: 'main' as const } : {})}
          onPress={() => duty.mutate({ id: unit.id, duty: next })}
        >
          {t(`duty.${next}`)}
        </Button>
      </div>
    </>
  );
}
