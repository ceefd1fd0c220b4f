import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { useIncident } from '../../api/dispatch';
import { useKindName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { Incident } from '../../api/types';
import { PhaseChip } from '../../ui/PhaseChip';
import { PriorityMark } from '../../ui/PriorityMark';
import { ResponseClock } from '../../ui/ResponseClock';
import { Rounds } from '../../ui/Rounds';
import { Loaded } from '../../ui/states';
import { Column, SubjectPage } from '../../ui/SubjectPage';
import { Timeline } from '../../ui/Timeline';
import { IncidentAgencies } from './agencies/IncidentAgencies';
import { Assignments } from './Assignments';
import { Attachments } from './Attachments';
import { ClocksPanel } from './ClocksPanel';
import './incident-page.css';
import { IncidentFacts } from './IncidentFacts';
import { IncidentMap } from './IncidentMap';
import { IncidentMoves } from './IncidentMoves';
import { Links } from './Links';
import { RecommendPanel } from './RecommendPanel';
import { Reports } from './Reports';

function Head({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const mayReview = useMay('review.read');
  return (
    <>
      <PriorityMark priority={incident.priority} named />
      <h1>{kindName(incident.kind)}</h1>
      <span className="soft figures">{incident.number}</span>
      <PhaseChip phase={incident.phase} />
      {incident.alarm_level > 1 && (
        <span className="chip chip--warn">{t('alarm.level', { level: incident.alarm_level })}</span>
      )}
      {incident.round > 1 && (
        <span className="chip chip--square">{t('round.number', { number: incident.round })}</span>
      )}
      <ResponseClock incident={incident} />
      {mayReview && <Link to={`/incidents/${incident.id}/review`}>{t('review.open')}</Link>}
      <IncidentMoves incident={incident} />
    </>
  );
}

function Body({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const mayAssign = useMay('incident.assign');
  return (
    <SubjectPage
      back={{ to: '/incidents', label: t('incident.back') }}
      head={<Head incident={incident} />}
      columns={3}
    >
      <Column label={t('incident.facts')}>
        <IncidentFacts incident={incident} />
        {incident.rounds.length > 1 && <Rounds rounds={incident.rounds} />}
        <ClocksPanel incident={incident} />
        <Links incident={incident} />
        <IncidentAgencies incident={incident} />
        <Reports incident={incident} />
      </Column>
      <Column label={t('incident.assignments')}>
        {mayAssign && incident.state === 'OPEN' && (
          <RecommendPanel key={incident.alarm_level} incident={incident} />
        )}
        <Assignments incident={incident} />
        <Attachments attachments={incident.attachments} />
        <Timeline subject="incident" steps={incident.timeline} />
      </Column>
      <IncidentMap incident={incident} />
    </SubjectPage>
  );
}

/** One incident: what is known, who is sent, the clock, and all that happened. */
export function IncidentPage() {
  const { id = '' } = useParams();
  const incident = useIncident(id);
  return (
    <Loaded whole query={incident} skeletonRows={12}>
      {(data) => <Body key={data.id} incident={data} />}
    </Loaded>
  );
}
