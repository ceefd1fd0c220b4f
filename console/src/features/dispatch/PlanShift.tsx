import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { serverNow } from '../../api/serverClock';
import { usePlanShift } from '../../api/units';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/TextInput';
import { CrewTicks } from './CrewTicks';

const SHIFT_HOURS = 8;
const HOUR_MS = 3600_000;

/** A time as the browser's own field of date and time writes it, in local time. */
function written(at_ms: number): string {
  const local_ms = at_ms - new Date(at_ms).getTimezoneOffset() * 60_000;
  return new Date(local_ms).toISOString().slice(0, 16);
}

/** Plan who is on a unit, from when to when. */
export function PlanShift({ unitId }: { unitId: string }) {
  const { t } = useTranslation();
  const plan = usePlanShift();
  const [begins, setBegins] = useState(() => written(serverNow()));
  const [ends, setEnds] = useState(() => written(serverNow() + SHIFT_HOURS * HOUR_MS));
  const [crew, setCrew] = useState<string[]>([]);
  return (
    <FormDialog
      button={<Button look="quiet">{t('shift.plan')}</Button>}
      title={t('shift.plan')}
      confirm={t('shift.plan')}
      problem={plan.error}
      isPending={plan.isPending}
      isReady={crew.length > 0 && begins !== '' && ends !== ''}
      onSubmit={(close) =>
        plan.mutate(
          {
            unitId,
            beginsAt: new Date(begins).toISOString(),
            endsAt: new Date(ends).toISOString(),
            crew,
          },
          { onSuccess: close },
        )
      }
    >
      <TextInput
        label={t('shift.begins')}
        type="datetime-local"
        value={begins}
        onChange={setBegins}
      />
      <TextInput label={t('shift.ends')} type="datetime-local" value={ends} onChange={setEnds} />
      <CrewTicks value={crew} onChange={setCrew} />
    </FormDialog>
  );
}
