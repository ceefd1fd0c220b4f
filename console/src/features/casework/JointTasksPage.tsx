import { BellRing } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { useJointTasks, type JointView } from '../../api/jointTasks';
import { useItemName, useOrganisationName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { JointTaskItem } from '../../api/types';
import { Button } from '../../ui/Button';
import '../../ui/deals.css';
import { Rows } from '../../ui/Rows';
import { Segments } from '../../ui/Segments';
import { Empty } from '../../ui/states';
import { isOneOf, useFilter } from '../../ui/useFilter';
import { Views } from '../../ui/Views';
import { When } from '../../ui/When';
import { PartChip, PartClock, PartLate } from './PartClock';
import { PartMoves } from './PartMoves';
import './joint.css';

const FILTERS = ['view'];

/** One joint task in a list: who was called, where each is, and what the reader may do at once. */
export function JointCard({ task }: { task: JointTaskItem }) {
  const { t } = useTranslation();
  const itemName = useItemName();
  const organisationName = useOrganisationName();
  return (
    <li className="deal">
      <span className="deal__head">
        <span className={`chip ${task.state === 'OPEN' ? 'chip--accent' : 'chip--square'}`}>
          {t(`joint_state.${task.state}`)}
        </span>
        <strong>
          <Link to={`/joint-tasks/${task.id}`}>{itemName(task.item_code)}</Link>
        </strong>
        <span>{task.place_text}</span>
        <span className="soft">
          {task.number} · {organisationName(task.organisation_id)} · <When at={task.opened_at} />
        </span>
      </span>
      <ul className="joint-parts">
        {task.parts.map((part) => (
          <li key={part.id} className="joint-part">
            <PartChip state={part.state} />
            <span className="joint-part__who">
              <strong>{organisationName(part.organisation_id)}</strong> {part.duty}
            </span>
            <PartLate part={part} />
            <PartClock part={part} />
            <PartMoves part={part} moves={task.part_moves[part.id] ?? []} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/** The views of joint tasks that a reader is offered, the first of which opens. */
function useViews(): [JointView, ...JointView[]] {
  const mayCall = useMay('task.call_up');
  const mayAnswer = useMay('task.answer');
  const mayDecide = useMay('task.arbitrate');
  const own: JointView[] = [];
  if (mayAnswer) own.push('called');
  if (mayCall) own.push('mine');
  if (mayDecide) own.push('refused');
  const [first = 'open', ...others] = own;
  return [first, ...others, ...(first === 'open' ? [] : ['open' as const]), 'late', 'closed'];
}

/** Joint tasks: the street's own, the inbox of a department, what waits for the arbiter. */
export function JointTasksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const views = useViews();
  const [view, setView] = useFilter('view', views[0], isOneOf(views));
  const tasks = useJointTasks(view);
  const mayCall = useMay('task.call_up');
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.joint_tasks')}</h1>
        <Views screen="joint_tasks" filters={FILTERS} />
        <Segments<JointView>
          label={t('joint.by_view')}
          value={view}
          onChange={setView}
          segments={views.map((value) => ({ value, text: t(`joint_view.${value}`) }))}
        />
        {mayCall && (
          <Button look="main" onPress={() => void navigate('/joint-tasks/new')}>
            <BellRing size={16} aria-hidden />
            {t('joint.call_up')}
          </Button>
        )}
      </div>
      <section className="panel page__list" aria-label={t('place.joint_tasks')}>
        <Rows
          query={tasks}
          skeletonRows={8}
          empty={
            <Empty
              title={t('joint.none')}
              text={t(`joint_view_none.${view}`)}
              steps={mayCall ? null : [{ may: 'case.read', to: '/cases?state=ASSIGNED', text: t('step.cases_in_hand') }]}
            />
          }
        >
          {(rows) => (
            <ul aria-live="polite">
              {rows.map((task) => (
                <JointCard key={task.id} task={task} />
              ))}
            </ul>
          )}
        </Rows>
      </section>
    </div>
  );
}
