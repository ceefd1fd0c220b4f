import { useTranslation } from 'react-i18next';

import type { VolunteerTaskItem } from '../../api/types';
import { ShareBar } from '../../ui/charts/ShareBar';

/** How many of the hours that a task wants are offered: of the task, never of anybody. */
export function HoursBar({ task }: { task: VolunteerTaskItem }) {
  const { t } = useTranslation();
  const text =
    task.hours_given === null
      ? t('volunteering.offered', { offered: task.hours_offered, wanted: task.hours_wanted })
      : t('volunteering.given', { given: task.hours_given, wanted: task.hours_wanted });
  return (
    <span className="hours-bar">
      <ShareBar share={(task.hours_given ?? task.hours_offered) / Math.max(1, task.hours_wanted)} />
      {text}
    </span>
  );
}
