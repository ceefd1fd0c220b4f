import { useTranslation } from 'react-i18next';

import type { IncidentPhase, UnitStatus } from '../api/types';

const PHASE_LOOKS: Record<IncidentPhase, string> = {
  WAITING: 'chip--bad',
  ASSIGNED: 'chip--warn chip--dashed',
  EN_ROUTE: 'chip--accent chip--half',
  ON_SCENE: 'chip--accent chip--full',
  REPORTED: 'chip--good chip--full',
  LINKED: 'chip--square',
  DIVERTED: 'chip--square',
  CLOSED: 'chip--square',
};

const UNIT_LOOKS: Record<UnitStatus, string> = {
  AVAILABLE: 'chip--good',
  ASSIGNED: 'chip--warn chip--dashed',
  EN_ROUTE: 'chip--accent chip--half',
  ON_SCENE: 'chip--accent chip--full',
  OFF_DUTY: 'chip--square',
  OUT_OF_SERVICE: 'chip--square',
};

export const PHASES = Object.keys(PHASE_LOOKS) as IncidentPhase[];
export const UNIT_STATUSES = Object.keys(UNIT_LOOKS) as UnitStatus[];

/** How far the response to an incident has come, in words. */
export function PhaseChip({ phase }: { phase: IncidentPhase }) {
  const { t } = useTranslation();
  return <span className={`chip ${PHASE_LOOKS[phase]}`}>{t(`phase.${phase}`)}</span>;
}

/** What a unit does now, in words. */
export function UnitChip({ status }: { status: UnitStatus }) {
  const { t } = useTranslation();
  return <span className={`chip ${UNIT_LOOKS[status]}`}>{t(`unit_status.${status}`)}</span>;
}
