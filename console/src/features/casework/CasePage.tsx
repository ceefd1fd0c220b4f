import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { useCase } from '../../api/casework';
import { nameOf, useItems, useOrganisationName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { Case } from '../../api/types';
import { PlaceMap } from '../../map/PlaceMap';
import { CaseChip } from '../../ui/CaseChip';
import { Panel } from '../../ui/Panel';
import { SealMark } from '../../ui/SealMark';
import { Loaded } from '../../ui/states';
import { Column, SubjectPage } from '../../ui/SubjectPage';
import { Timeline } from '../../ui/Timeline';
import { When } from '../../ui/When';
import { CaseMoves } from './CaseMoves';
import { CasePhotos } from './CasePhotos';
import { ClockPanel } from './ClockPanel';
import { Cluster } from './Cluster';
import { GlassLeft } from './GlassLeft';
import { JointOfCase } from './JointOfCase';
import { WhyHere } from './WhyHere';
import './cases.css';

/** How the case ended, and what became of it. */
function useOutcome({ disposition, verdict }: Case): [string, ReactNode][] {
  const { t } = useTranslation();
  const told: [string, ReactNode][] = [];
  if (disposition) told.push([t('fact.disposition'), t(`case_disposition.${disposition}`)]);
  if (verdict) told.push([t('fact.verdict'), t(`case_verdict.${verdict}`)]);
  return told;
}

/** Who has it in hand; of a merged case whoever has the one that leads, where that may be seen. */
function useHandledBy({ state, organisation_id, leading }: Case): string {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  if (state === 'MERGED' && leading === null) return t('case.with_leading');
  const holder = organisationName(leading === null ? organisation_id : leading.organisation_id);
  return holder || t('case.nobody');
}

function Facts({ found }: { found: Case }) {
  const { t, i18n } = useTranslation();
  const handledBy = useHandledBy(found);
  const outcome = useOutcome(found);
  const organisationName = useOrganisationName();
  const mayOpenIncident = useMay('incident.read');
  const item = useItems().data?.find(({ code }) => code === found.item_code);
  const facts: [string, ReactNode][] = [
    [t('incident.place'), found.place_text || t('incident.no_address')],
    [t('case.organisation'), handledBy],
    [t('case.filed'), <When key="filed" at={found.filed_at} />],
  ];
  if (found.sealed_to !== null) {
    facts.push([t('seal.to'), found.sealed_to.map(organisationName).join(t('seal.and'))]);
  }
  facts.push(...outcome);
  if (item !== undefined) {
    const closing = i18n.language === 'en' ? item.closing_en : item.closing_zh;
    facts.push([t('case.closes_when'), closing]);
  }
  if (found.incident_id !== null && mayOpenIncident) {
    const link = <Link to={`/incidents/${found.incident_id}`}>{t('case.incident_open')}</Link>;
    facts.push([t('case.incident'), link]);
  }
  return (
    <Panel title={t('case.facts')}>
      {found.text !== '' && <p className="subject__text">{found.text}</p>}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </Panel>
  );
}

function Body({ found }: { found: Case }) {
  const { t } = useTranslation();
  const item = useItems().data?.find(({ code }) => code === found.item_code);
  return (
    <SubjectPage
      back={{ to: '/cases', label: t('case.back') }}
      head={
        <>
          <h1>{item ? nameOf(item) : found.item_code}</h1>
          <span className="soft figures">{found.number}</span>
          <CaseChip state={found.state} />
          {found.sealed_to !== null && <SealMark />}
        </>
      }
    >
      <Column label={t('case.moves')}>
        {found.glass_until !== null && <GlassLeft id={found.id} until={found.glass_until} />}
        <Cluster found={found} />
        <CaseMoves found={found} />
        <ClockPanel found={found} />
        <JointOfCase found={found} />
        <WhyHere found={found} />
        <Facts found={found} />
        <CasePhotos found={found} />
      </Column>
      <Column label={t('timeline.title')}>
        <PlaceMap place={found} />
        <Timeline subject="case" steps={found.timeline} />
      </Column>
    </SubjectPage>
  );
}

/** One case: what is known, its photos, its history, and the moves open to the reader. */
export function CasePage() {
  const { id = '' } = useParams();
  const found = useCase(id);
  return (
    <Loaded whole query={found} skeletonRows={12}>
      {(data) => <Body key={data.id} found={data} />}
    </Loaded>
  );
}
