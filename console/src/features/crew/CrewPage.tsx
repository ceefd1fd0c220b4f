import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { keepSending } from '../../api/actSending';
import { useActs } from '../../api/actStore';
import { stateAfter } from '../../api/crewDeeds';
import { useIncident, useOpenAssignment, useUnits } from '../../api/dispatch';
import { useMe, useSessionRenewal } from '../../api/session';
import type { Assignment, Unit } from '../../api/types';
import { UnitChip } from '../../ui/PhaseChip';
import { Empty, Loaded } from '../../ui/states';
import './crew.css';
import { Job } from './Job';
import { OwnDuty } from './OwnDuty';
import { Position } from './Position';
import { WaitingActs } from './WaitingActs';

/** How often somebody without a unit looks whether a shift has begun; and whether one is over. */
const LOOK_FOR_UNIT_MS = 10_000;
const LOOK_AGAIN_MS = 60_000;

function Work({ assignment, unit }: { assignment: Assignment; unit: Unit }) {
  const incident = useIncident(assignment.incident_id);
  return (
    <Loaded query={incident}>
      {(data) => <Job key={assignment.id} assignment={assignment} incident={data} unit={unit} />}
    </Loaded>
  );
}

/** The job as it stands once all that was done on this device has been taken. */
function Present({ assignment, unit }: { assignment: Assignment | null; unit: Unit }) {
  const acts = useActs();
  if (assignment === null) return <OwnDuty unit={unit} />;
  const state = stateAfter(assignment, acts);
  if (state === 'CLEARED' || state === 'CANCELLED') return <OwnDuty unit={unit} />;
  return <Work assignment={{ ...assignment, state }} unit={unit} />;
}

/** Somebody whose shift has not begun, or is over: what was done before may still wait to be sent. */
function NoUnit() {
  const { t } = useTranslation();
  return (
    <div className="crew">
      <WaitingActs />
      <Empty titled title={t('crew.no_unit')} text={t('crew.no_unit_text')} />
    </div>
  );
}

/** For the crew on its phone: the job it has now, and the next step in reach of the thumb. */
export function CrewPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { unit_id, account_id } = useMe();
  const units = useUnits();
  const assignment = useOpenAssignment(unit_id);
  useEffect(() => keepSending(cache, account_id), [cache, account_id]);
  useSessionRenewal(unit_id === null ? LOOK_FOR_UNIT_MS : LOOK_AGAIN_MS);
  if (unit_id === null) return <NoUnit />;
  return (
    <div className="crew">
      <Loaded whole query={units}>
        {(rows) => {
          const unit = rows.find(({ id }) => id === unit_id);
          if (!unit) return <NoUnit />;
          return (
            <>
              <header className="crew__head">
                <h1>{unit.call_sign}</h1>
                <span className="soft">
                  {t(`unit_kind.${unit.kind}`, { defaultValue: unit.kind })}
                </span>
                <UnitChip status={unit.status} />
              </header>
              {unit.duty === 'ON_DUTY' && <Position unitId={unit.id} />}
              <WaitingActs />
              <Loaded query={assignment}>
                {(job) => <Present assignment={job} unit={unit} />}
              </Loaded>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
