import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { useJointTasksOfCase } from '../../api/jointTasks';
import { useOrganisationName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { Case } from '../../api/types';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { PartChip, PartLate } from './PartClock';
import './joint.css';

/** The joint tasks of a case, and calling departments up to it. */
export function JointOfCase({ found }: { found: Case }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const organisationName = useOrganisationName();
  const tasks = useJointTasksOfCase(found.id).data ?? [];
  const hasEnded = ['CLOSED', 'RETURNED', 'MERGED'].includes(found.state);
  const mayCall = useMay('task.call_up') && !hasEnded;
  if (tasks.length === 0 && !mayCall) return null;
  return (
    <Panel
      title={t('place.joint_tasks')}
      tools={
        mayCall && (
          <Button look="quiet" onPress={() => void navigate(`/joint-tasks/new?case=${found.id}`)}>
            {t('joint.call_up')}
          </Button>
        )
      }
    >
      {tasks.length === 0 && <p className="soft">{t('joint.none_of_case')}</p>}
      {tasks.map((task) => (
        <div key={task.id} className="joint-of-case">
          <Link to={`/joint-tasks/${task.id}`}>{task.number}</Link> {t(`joint_state.${task.state}`)}
          <ul className="joint-parts">
            {task.parts.map((part) => (
              <li key={part.id} className="joint-part">
                <PartChip state={part.state} />
                <span className="joint-part__who">{organisationName(part.organisation_id)}</span>
                <PartLate part={part} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}
