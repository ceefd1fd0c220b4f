import { ArrowUpToLine } from 'lucide-react';
import type { PressEvent } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useServerNow } from '../../api/serverClock';
import type { IncidentRow } from '../../api/types';
import { Button } from '../../ui/Button';
import { readClock } from '../../ui/clock';
import { PriorityMark, priorityOf } from '../../ui/PriorityMark';
import { mostUrgent, waits, type Kept } from './keptPlaces';

/** How many of the rows are past a limit now. */
function useLate(rows: readonly IncidentRow[]): number {
  const now_ms = useServerNow();
  const states = rows.map((row) => readClock(row.clocks, row.received_at, now_ms).state);
  return states.filter((state) => state === 'breached').length;
}

/** What waits, in one text: nothing of it moves as its numbers grow. */
function Told({ kept }: { kept: Kept }) {
  const { t } = useTranslation();
  const { added, raised, gone, isReordered } = kept;
  const urgent = mostUrgent(kept);
  const late = useLate(added);
  const parts = [
    urgent !== null && t(`priority.${priorityOf(urgent)}`),
    added.length > 0 && t('incidents.wait.added', { count: added.length }),
    late > 0 && t('incidents.wait.late', { count: late }),
    raised.length > 0 && t('incidents.wait.raised', { count: raised.length }),
    gone.size > 0 && t('incidents.wait.gone', { count: gone.size }),
    isReordered && raised.length === 0 && t('incidents.wait.order'),
  ];
  const text = parts.filter(Boolean).join(' · ');
  return (
    <>
      {urgent !== null && <PriorityMark priority={urgent} bare />}
      <span className="waits__text" title={text}>
        {text}
      </span>
    </>
  );
}

interface Props {
  kept: Kept;
  /** Take in what waits; by the keyboard the focus goes to it. */
  onTake: (byKeys: boolean) => void;
}

/** One line above the rows, always of the same height: what waits until the reader takes it in. */
export function WaitingLine({ kept, onTake }: Props) {
  const { t } = useTranslation();
  const some = waits(kept);
  const take = ({ pointerType }: PressEvent): void =>
    onTake(pointerType === 'keyboard' || pointerType === 'virtual');
  return (
    <div className={some ? 'waits waits--some' : 'waits'}>
      <p className="waits__told" role="status">
        {some && <Told kept={kept} />}
      </p>
      {some ? (
        <Button look="main" aria-keyshortcuts="." onPress={take}>
          <ArrowUpToLine size={14} aria-hidden />
          {t('incidents.wait.take')}
          <kbd aria-hidden>.</kbd>
        </Button>
      ) : (
        <span className="waits__rule">{t('incidents.wait.rule')}</span>
      )}
    </div>
  );
}
