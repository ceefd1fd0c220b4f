import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { nameOf, useOrganisationName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { UnitPage as UnitData } from '../../api/types';
import { useUnit } from '../../api/units';
import { Panel } from '../../ui/Panel';
import { UnitChip } from '../../ui/PhaseChip';
import { Loaded } from '../../ui/states';
import { BackLink } from '../../ui/SubjectPage';
import { Timeline } from '../../ui/Timeline';
import { When } from '../../ui/When';
import './unit-page.css';
import './units.css';
import { UnitDuty } from './UnitDuty';
import { UnitPosition } from './UnitPosition';
import { UnitShifts } from './UnitShifts';

function Facts({ unit }: { unit: UnitData }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const mayOpen = useMay('incident.read');
  return (
    <Panel title={t('unit.facts')}>
      <dl className="facts">
        <dt>{t('unit.station')}</dt>
        <dd>{organisationName(unit.organisation_id)}</dd>
        <dt>{t('unit.brings')}</dt>
        <dd>
          {unit.capabilities
            .map((code) => t(`capability.${code}`, { defaultValue: code }))
            .join(' · ')}
        </dd>
        <dt>{t('unit.position')}</dt>
        <dd>
          <UnitPosition unit={unit} isNamed />
        </dd>
        {unit.duty_since_at !== null && (
          <>
            <dt>{t(`unit_status.${unit.duty === 'ON_DUTY' ? 'AVAILABLE' : unit.duty}`)}</dt>
            <dd>
              <When at={unit.duty_since_at} /> {unit.duty_reason}
            </dd>
          </>
        )}
        <dt>{t('unit.crew')}</dt>
        <dd>{unit.crew.map(nameOf).join(' · ') || t('unit.nobody')}</dd>
        {unit.assignment !== null && (
          <>
            <dt>{t('unit.job')}</dt>
            <dd>
              {mayOpen ? (
                <Link to={`/incidents/${unit.assignment.incident_id}`}>
                  {unit.assignment.incident_number}
                </Link>
              ) : (
                unit.assignment.incident_number
              )}
            </dd>
          </>
        )}
      </dl>
      <UnitDuty unit={unit} />
    </Panel>
  );
}

/** One unit: what it brings, who is on it, whether it can be sent, its shifts and its history. */
export function UnitPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const unit = useUnit(id);
  return (
    <Loaded whole query={unit} skeletonRows={8}>
      {(data) => (
        <div className="page page--long">
          <header className="page__head">
            <BackLink to="/units" label={t('unit.back')} />
            <h1>{data.call_sign}</h1>
            <span className="soft">{t(`unit_kind.${data.kind}`, { defaultValue: data.kind })}</span>
            <UnitChip status={data.status} />
          </header>
          <div className="unit-page">
            <Facts unit={data} />
            <UnitShifts unit={data} />
            <Timeline subject="unit" steps={data.steps.toReversed()} />
          </div>
        </div>
      )}
    </Loaded>
  );
}
