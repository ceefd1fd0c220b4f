import { useTranslation } from 'react-i18next';

import type { CaseState } from '../api/types';

const LOOKS: Record<CaseState, string> = {
  FILED: 'chip--warn',
  ASSIGNED: 'chip--accent chip--half',
  DISPUTED: 'chip--bad',
  REPORTED: 'chip--accent chip--full',
  VERIFIED: 'chip--good chip--full',
  CLOSED: 'chip--square',
  RETURNED: 'chip--square',
  MERGED: 'chip--square',
};

export const CASE_STATES = Object.keys(LOOKS) as CaseState[];

/** Where a case is in its life, in words. */
export function CaseChip({ state }: { state: CaseState }) {
  const { t } = useTranslation();
  return <span className={`chip ${LOOKS[state]}`}>{t(`case_state.${state}`)}</span>;
}
