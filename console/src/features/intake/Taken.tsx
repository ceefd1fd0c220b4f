import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useMay } from '../../api/session';
import type { Taken as Report } from '../../api/types';
import { Button } from '../../ui/Button';
import { DoneNote } from '../../ui/states';
import { FurtherWords } from './FurtherWords';

function outcomeOf(report: Report): 'attached' | 'incident' | 'case' {
  if (report.attached) return 'attached';
  return report.case_id === null ? 'incident' : 'case';
}

interface Props {
  report: Report;
  nextRef: Ref<HTMLButtonElement>;
  /** The call ends with it. */
  onNext: () => void;
}

/** What became of the report; while the caller still speaks, more words; then the next call. */
export function Taken({ report, nextRef, onNext }: Props) {
  const { t } = useTranslation();
  const mayAssign = useMay('incident.assign');
  const outcome = outcomeOf(report);
  const path = outcome === 'case' ? `/cases/${report.case_id}` : `/incidents/${report.incident_id}`;
  return (
    <div className="stack">
      <DoneNote>{t(`call.taken.${outcome}`, {
          number: report.number,
          led_to: report.led_to,
        })}</DoneNote>
      <p>
        <Link to={path}>{t(`call.open.${outcome === 'case' ? 'case' : 'incident'}`)}</Link>
      </p>
      <Button ref={nextRef} onPress={onNext} autoFocus={outcome !== 'incident' || !mayAssign}>
        {t('call.next')}
      </Button>
      <FurtherWords reportId={report.id} />
    </div>
  );
}
