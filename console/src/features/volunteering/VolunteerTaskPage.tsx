import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import { useOrganisationName } from '../../api/reference';
import { useMe } from '../../api/session';
import type { VolunteerTask } from '../../api/types';
import { useEndTask, useVolunteerTask } from '../../api/volunteering';
import { PlaceMap } from '../../map/PlaceMap';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { Column, SubjectPage } from '../../ui/SubjectPage';
import { TextInput } from '../../ui/TextInput';
import { Timeline } from '../../ui/Timeline';
import { When } from '../../ui/When';
import { HoursBar } from './HoursBar';
import { Offers } from './Offers';
import './volunteering.css';

function Finish({ task }: { task: VolunteerTask }) {
  const { t } = useTranslation();
  const end = useEndTask();
  const [hours, setHours] = useState('');
  return (
    <FormDialog
      button={<Button look="main">{t('volunteering.finish')}</Button>}
      title={t('volunteering.finish')}
      text={t('volunteering.finish_text')}
      confirm={t('volunteering.finish')}
      problem={end.error}
      isPending={end.isPending}
      isReady={/^\d{1,4}$/.test(hours.trim())}
      onSubmit={(close) =>
        end.mutate(
          { id: task.id, move: 'finish', facts: { hours_given: Number(hours) } },
          { onSuccess: close },
        )
      }
    >
      <TextInput
        label={t('volunteering.hours_given')}
        inputMode="numeric"
        value={hours}
        onChange={setHours}
      />
    </FormDialog>
  );
}

function Cancel({ task }: { task: VolunteerTask }) {
  const { t } = useTranslation();
  const end = useEndTask();
  return (
    <Ask
      button={<Button>{t('volunteering.cancel')}</Button>}
      title={t('volunteering.cancel')}
      text={t('volunteering.cancel_text')}
      label={t('fact.reason')}
      confirm={t('volunteering.cancel')}
      problem={end.error}
      isPending={end.isPending}
      onAnswer={(reason, close) =>
        end.mutate({ id: task.id, move: 'cancel', facts: { reason } }, { onSuccess: close })
      }
    />
  );
}

function Facts({ task }: { task: VolunteerTask }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  return (
    <Panel title={t('case.facts')}>
      <p className="subject__text">{task.text}</p>
      <dl className="facts">
        <dt>{t('incident.place')}</dt>
        <dd>{task.place_text}</dd>
        <dt>{t('volunteering.begins')}</dt>
        <dd>
          <When at={task.begins_at} />
        </dd>
        <dt>{t('volunteering.ends')}</dt>
        <dd>
          <When at={task.ends_at} />
        </dd>
        <dt>{t('volunteering.asked_by')}</dt>
        <dd>{organisationName(task.organisation_id)}</dd>
        <dt>{t('volunteering.public_page')}</dt>
        <dd>
          <a href={`/volunteer/${task.number}`}>{task.number}</a>
        </dd>
      </dl>
      <HoursBar task={task} />
    </Panel>
  );
}

function Body({ task }: { task: VolunteerTask }) {
  const { t } = useTranslation();
  const isOwn = useMe().organisation.id === task.organisation_id;
  const offered = task.offers.filter(({ state }) => state === 'OFFERED').length;
  return (
    <SubjectPage
      back={{ to: '/volunteers', label: t('volunteering.back') }}
      head={
        <>
          <h1>{task.title}</h1>
          <span className={`chip ${task.state === 'OPEN' ? 'chip--accent' : 'chip--square'}`}>
            {t(`volunteering.state.${task.state}`)}
          </span>
          {task.moves.includes('finish') && <Finish task={task} />}
          {task.moves.includes('cancel') && <Cancel task={task} />}
        </>
      }
    >
      <Column label={t('volunteering.offers')}>
        <Facts task={task} />
        {isOwn && (
          <Panel title={t('volunteering.offers')} count={offered} flush>
            <Offers offers={task.offers} />
          </Panel>
        )}
      </Column>
      <Column label={t('timeline.title')}>
        <PlaceMap place={task} />
        <Timeline subject="volunteer" steps={task.timeline} />
      </Column>
    </SubjectPage>
  );
}

/** One task for volunteers: what is asked for, what was offered, and what is left to do. */
export function VolunteerTaskPage() {
  const { id = '' } = useParams();
  const task = useVolunteerTask(id);
  return (
    <Loaded whole query={task} skeletonRows={12}>
      {(data) => <Body key={data.id} task={data} />}
    </Loaded>
  );
}
