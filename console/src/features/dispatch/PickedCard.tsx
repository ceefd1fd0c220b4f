import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useKindName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { IncidentRow, Unit } from '../../api/types';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { PhaseChip, UnitChip } from '../../ui/PhaseChip';
import { PriorityMark } from '../../ui/PriorityMark';
import { ResponseClock } from '../../ui/ResponseClock';
import { UnitPosition } from './UnitPosition';

interface Props {
  row: IncidentRow | Unit;
  onClose: () => void;
  onOpen: (incidentId: string) => void;
}

function IncidentFacts({ row }: { row: IncidentRow }) {
  return (
    <>
      <div className="line-up">
        <PriorityMark priority={row.priority} named />
        <PhaseChip phase={row.phase} />
      </div>
      <p>{row.place_text}</p>
      <div className="line-up">
        <ResponseClock incident={row} />
        {row.units.length > 0 && <span>{row.units.join(' · ')}</span>}
      </div>
    </>
  );
}

function UnitFacts({ row }: { row: Unit }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="line-up">
        <UnitChip status={row.status} />
        <span>{t(`unit_kind.${row.kind}`, { defaultValue: row.kind })}</span>
      </div>
      <UnitPosition unit={row} />
    </>
  );
}

/** What was picked on the map, in short. */
export function PickedCard({ row, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const isUnit = 'call_sign' in row;
  const mayOpen = useMay('incident.read');
  const incidentId = isUnit ? row.assignment?.incident_id : row.id;
  return (
    <div className="picked">
      <Panel
        title={isUnit ? row.call_sign : kindName(row.kind)}
        tools={
          <Button look="quiet" icon aria-label={t('action.close_card')} onPress={onClose}>
            <X size={16} aria-hidden />
          </Button>
        }
      >
        {isUnit ? <UnitFacts row={row} /> : <IncidentFacts row={row} />}
        {mayOpen && incidentId !== undefined && (
          <Button look="main" onPress={() => onOpen(incidentId)}>
            {t('incident.open')}
          </Button>
        )}
      </Panel>
    </div>
  );
}
