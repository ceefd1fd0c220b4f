import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useOrganisationName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { VolunteerTaskItem, VolunteerTaskState } from '../../api/types';
import { useVolunteerTasks } from '../../api/volunteering';
import '../../ui/deals.css';
import { Rows } from '../../ui/Rows';
import { Segments } from '../../ui/Segments';
import { Empty } from '../../ui/states';
import { When } from '../../ui/When';
import { HoursBar } from './HoursBar';
import { PublishTask } from './PublishTask';
import './volunteering.css';

const STATES = ['OPEN', 'DONE', 'CANCELLED'] as const satisfies readonly VolunteerTaskState[];

function TaskRow({ task }: { task: VolunteerTaskItem }) {
  const organisationName = useOrganisationName();
  return (
    <li className="deal">
      <span className="deal__head">
        <strong>
          <Link to={`/volunteers/${task.id}`}>{task.title}</Link>
        </strong>
        <span className="soft">
          <When at={task.begins_at} /> – <When at={task.ends_at} />
        </span>
      </span>
      <span>
        {task.place_text} <span className="soft">· {organisationName(task.organisation_id)}</span>
      </span>
      <HoursBar task={task} />
    </li>
  );
}

/** Tasks for which an organisation asks residents for hours. */
export function VolunteersPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<VolunteerTaskState>('OPEN');
  const tasks = useVolunteerTasks(state);
  const mayPublish = useMay('volunteering.publish');
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.volunteers')}</h1>
        <Segments<VolunteerTaskState>
          label={t('volunteering.by_state')}
          value={state}
          onChange={setState}
          segments={STATES.map((value) => ({ value, text: t(`volunteering.state.${value}`) }))}
        />
        {mayPublish && <PublishTask />}
      </div>
      <section className="panel page__list" aria-label={t('place.volunteers')}>
        <Rows
          query={tasks}
          empty={<Empty steps={null} title={t('volunteering.none')} text={t('volunteering.none_text')} />}
        >
          {(rows) => (
            <ul aria-live="polite">
              {rows.map((task) => (
                <TaskRow key={task.id} task={task} />
              ))}
            </ul>
          )}
        </Rows>
      </section>
    </div>
  );
}
