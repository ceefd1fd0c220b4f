import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { useCloseTask, useJointTask } from '../../api/jointTasks';
import { seenFor } from '../../api/purpose';
import { useItemName, useOrganisationName } from '../../api/reference';
import type { JointPart, JointTask } from '../../api/types';
import { PlaceMap } from '../../map/PlaceMap';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import '../../ui/deals.css';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { Column, SubjectPage } from '../../ui/SubjectPage';
import { Timeline } from '../../ui/Timeline';
import { When } from '../../ui/When';
import { AddPartPhoto } from './AddPartPhoto';
import { PartChip, PartClock, PartLate } from './PartClock';
import { PartMoves } from './PartMoves';
import './cases.css';
import './joint.css';

/** When a department was called, came and ended. */
function Times({ part }: { part: JointPart }) {
  const { t } = useTranslation();
  return (
    <span className="soft">
      {t('joint.called_at')} <When at={part.called_at} />
      {part.reported_in_at !== null && (
        <>
          {' · '}
          {t('joint.came_at')} <When at={part.reported_in_at} />
        </>
      )}
      {part.ended_at !== null && (
        <>
          {' · '}
          {t('joint.ended_at')} <When at={part.ended_at} />
        </>
      )}
      {part.ended_at === null && part.due_at !== null && (
        <>
          {' · '}
          {t('joint.whole_by')} <When at={part.due_at} />
        </>
      )}
    </span>
  );
}

/** A department's part: its duty, its clock, what it said, and what the reader may do. */
function Part({ part }: { part: JointPart }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const name = organisationName(part.organisation_id);
  return (
    <li className="deal">
      <span className="deal__head">
        <PartChip state={part.state} />
        <strong>{name}</strong>
        <PartLate part={part} />
        <PartClock part={part} />
      </span>
      <span>{part.duty}</span>
      {part.note !== '' && <span>{part.note}</span>}
      {part.outcome !== '' && (
        <span>
          <strong>{t(part.state === 'WAIVED' ? 'fact.reason' : 'fact.outcome')}</strong>{' '}
          {part.outcome}
        </span>
      )}
      <Times part={part} />
      {part.photos.length > 0 && (
        <div className="photos">
          {part.photos.map(({ id }) => (
            <img key={id} src={seenFor(`/api/v1/joint-photos/${id}`)} alt={t('joint.photo_of', { name })} />
          ))}
        </div>
      )}
      <PartMoves part={part} moves={part.moves} />
      {part.may_add_photo && <AddPartPhoto part={part} />}
    </li>
  );
}

function CloseTask({ task }: { task: JointTask }) {
  const { t } = useTranslation();
  const close = useCloseTask();
  return (
    <Ask
      button={<Button look="main">{t('joint.close')}</Button>}
      title={t('joint.close')}
      label={t('fact.outcome')}
      confirm={t('joint.close')}
      problem={close.error}
      isPending={close.isPending}
      onAnswer={(outcome, done) => close.mutate({ id: task.id, outcome }, { onSuccess: done })}
    />
  );
}

function Facts({ task }: { task: JointTask }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  return (
    <Panel title={t('case.facts')}>
      <p className="subject__text">{task.text}</p>
      <dl className="facts">
        {[
          [t('incident.place'), task.place_text || t('incident.no_address')] as const,
          [t('joint.caller'), organisationName(task.organisation_id)] as const,
        ].map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
        <dt>{t('joint.opened')}</dt>
        <dd>
          <When at={task.opened_at} />
        </dd>
        {task.case_id !== null && (
          <>
            <dt>{t('joint.case')}</dt>
            <dd>
              <Link to={`/cases/${task.case_id}`}>{task.case_number}</Link>
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

function Body({ task }: { task: JointTask }) {
  const { t } = useTranslation();
  const itemName = useItemName();
  const open = task.parts.filter(({ ended_at }) => ended_at === null).length;
  return (
    <SubjectPage
      back={{ to: '/joint-tasks', label: t('joint.back') }}
      head={
        <>
          <h1>{itemName(task.item_code)}</h1>
          <span className="soft figures">{task.number}</span>
          <span className={`chip ${task.state === 'OPEN' ? 'chip--accent' : 'chip--square'}`}>
            {t(`joint_state.${task.state}`)}
          </span>
          {task.moves.includes('close') && <CloseTask task={task} />}
        </>
      }
    >
      <Column label={t('joint.parts')}>
        <Panel title={t('joint.parts')} count={open} flush>
          <ul aria-live="polite">
            {task.parts.map((part) => (
              <Part key={part.id} part={part} />
            ))}
          </ul>
        </Panel>
        <Facts task={task} />
      </Column>
      <Column label={t('timeline.title')}>
        <PlaceMap place={task} />
        <Timeline subject="joint" steps={task.timeline} />
      </Column>
    </SubjectPage>
  );
}

/** One joint task: who was called, who came when, what each did, and what is left to do. */
export function JointTaskPage() {
  const { id = '' } = useParams();
  const task = useJointTask(id);
  return (
    <Loaded whole query={task} skeletonRows={12}>
      {(data) => <Body key={data.id} task={data} />}
    </Loaded>
  );
}
