import { useTranslation } from 'react-i18next';

import { useClockName } from '../api/clocks';
import { nameOf, useItemName, useKindName, useOrganisationName } from '../api/reference';
import type { Step } from '../api/types';
import { writeSpan } from './clock';
import { Panel } from './Panel';
import { priorityOf } from './PriorityMark';
import './timeline.css';
import { useMaker } from './useMaker';
import { When } from './When';

type Subject = 'incident' | 'case' | 'unit' | 'joint' | 'volunteer';
type Facts = Record<string, unknown>;

/** Facts of a step that a person reads as they stand. */
const IN_WORDS = ['reason', 'outcome', 'note', 'departure_reason'] as const;

/** Facts that stand behind their names: a number alone says nothing. */
const NAMED = ['reading', 'document'] as const;

function isWords(fact: unknown): fact is string {
  return typeof fact === 'string' && fact !== '';
}

/** Facts that carry their own name in both languages: a ring of units, say. */
function isNamed(facts: Facts): facts is Facts & { name_zh: string; name_en: string } {
  return isWords(facts['name_zh']) && isWords(facts['name_en']);
}

function listed(fact: unknown): unknown[] {
  return Array.isArray(fact) ? (fact as unknown[]) : [];
}

/** What kind of incident a case became, where a step says so. */
function useIncidentKind(): (facts: Facts) => string {
  const kindName = useKindName();
  return ({ incident_id, kind }) => (isWords(incident_id) && isWords(kind) ? kindName(kind) : '');
}

/** What only a step of a case or a joint task is about: who was called, a ground, a verdict. */
function useOfCase(): (facts: Facts) => string[] {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const incidentKind = useIncidentKind();
  return ({ ground, proposed_id, verdict, task, called_id, organisation_id, ...others }) => {
    const about: string[] = [];
    for (const words of [task, others['case'], others['leading'], incidentKind(others)]) {
      if (isWords(words)) about.push(words);
    }
    if (isWords(called_id)) about.push(organisationName(called_id));
    if (isWords(called_id) && isWords(organisation_id) && called_id !== organisation_id) {
      about.push(`→ ${organisationName(organisation_id)}`);
    }
    if (isWords(ground)) about.push(t(`case_ground.${ground}`, { defaultValue: ground }));
    if (isWords(proposed_id)) about.push(`→ ${organisationName(proposed_id)}`);
    if (isWords(verdict)) about.push(t(`case_verdict.${verdict}`, { defaultValue: verdict }));
    return about;
  };
}

/** What only a step of a task for volunteers is about: how many hours, on which ground given free. */
function useOfHours(): (facts: Facts) => string {
  const { t } = useTranslation();
  return ({ hours, hours_given, ground }) => {
    const about: string[] = [];
    const count = hours ?? hours_given;
    if (isWords(count)) about.push(t('volunteering.hours', { count: Number(count) }));
    if (isWords(ground)) about.push(t(`volunteering.ground.${ground}`, { defaultValue: ground }));
    return about.join(' · ');
  };
}

/** Whom or what a step is about: units, an organisation, an item, an urgency, a disposition. */
export function useAbout(subject: Subject): (facts: Facts) => string {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const itemName = useItemName();
  const clockName = useClockName();
  const ofCase = useOfCase();
  return (facts) => {
    const { unit, units, crew, agency_id, organisation_id, item_code, priority, disposition, clock } = facts;
    const about = [unit, ...listed(units), ...listed(crew)].filter(isWords);
    if (isWords(clock)) about.unshift(clockName(clock));
    if (isNamed(facts)) about.push(nameOf(facts));
    if (isWords(agency_id)) about.push(organisationName(agency_id));
    if (isWords(organisation_id) && !isWords(facts['called_id'])) {
      about.push(organisationName(organisation_id));
    }
    if (isWords(item_code)) about.push(itemName(item_code));
    if (typeof priority === 'number') about.push(t(`priority.${priorityOf(priority)}`));
    about.push(...ofCase(facts));
    if (isWords(disposition)) {
      const defaultValue = disposition;
      about.push(
        subject === 'case'
          ? t(`case_disposition.${disposition}`, { defaultValue })
          : t(`disposition.${disposition}`, { defaultValue }),
      );
    }
    return about.join(' · ');
  };
}

const MS_IN_SECOND = 1_000;

/** When the device of whoever acted says it was, and by how much its clock was wrong. */
function Told({ step }: { step: Step }) {
  const { t } = useTranslation();
  const off_s = Number(step.facts['clock_off_s'] ?? 0);
  return (
    <>
      {isWords(step.told_at) && (
        <>
          {' · '}
          {t('timeline.told')} <When at={step.told_at} />
        </>
      )}
      {off_s !== 0 &&
        ` · ${t('timeline.clock_off', {
          span: writeSpan(Math.abs(off_s) * MS_IN_SECOND),
          way: t(`timeline.clock.${off_s > 0 ? 'fast' : 'slow'}`),
        })}`}
    </>
  );
}

interface Props {
  subject: Subject;
  steps: readonly Step[];
}

/** All that happened, newest first. Nothing is ever taken away from it. */
export function Timeline({ subject, steps }: Props) {
  const { t } = useTranslation();
  const ofMove = useAbout(subject);
  const ofHours = useOfHours();
  const about = subject === 'volunteer' ? ofHours : ofMove;
  const maker = useMaker();
  return (
    <Panel title={t('timeline.title')} count={steps.length}>
      {steps.length === 0 && <p className="soft">{t('timeline.none')}</p>}
      <ol className="timeline">
        {steps.toReversed().map((step) => (
          <li key={`${step.made_at} ${step.move} ${JSON.stringify(step.facts)}`}>
            <span className="timeline__head">
              <span>
                {t(`${subject}_step.${step.move}`, { defaultValue: step.move })}{' '}
                <strong>{about(step.facts)}</strong>
              </span>
              <When at={step.made_at} />
            </span>
            {IN_WORDS.map((name) => step.facts[name])
              .filter(isWords)
              .map((fact) => (
                <span key={fact} className="timeline__fact">
                  {fact}
                </span>
              ))}
            {NAMED.map((name) => [name, step.facts[name]] as const).map(
              ([name, fact]) =>
                isWords(fact) && (
                  <span key={name} className="timeline__fact">
                    {t(`fact.${name}`)}: {fact}
                  </span>
                ),
            )}
            <span className="soft">
              {maker(step.made_by_name)}
              <Told step={step} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
