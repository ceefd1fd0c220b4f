import { useTranslation } from 'react-i18next';

import type { VolunteerTaskItem } from '../../api/types';

/** How many of the hours that a task wants are offered: of the task, never of anybody. */
export function HoursBar({ task }: { task: VolunteerTaskItem }) {
  const { t } = useTranslation();
  const text =
    task.hours_given === null
      ? t('volunteering.offered', { offered: task.hours_offered, wanted: task.hours_wanted })
      : t('volunteering.given', { given: task.hours_given, wanted: task.hours_wanted });
  return (
    <span className="hours-bar">
      <progress
        max={task.hours_wanted}
        value={task.hours_given ?? task.hours_offered}
        aria-hidden
      />
      {text}
    </span>
  );
}
