import { GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useKindName } from '../../api/reference';
import type { IncidentRow } from '../../api/types';
import { PhaseChip } from '../../ui/PhaseChip';
import { PriorityMark } from '../../ui/PriorityMark';
import { ResponseClock } from '../../ui/ResponseClock';
import { When } from '../../ui/When';
import './incidents.css';

interface RowProps {
  incident: IncidentRow;
  kind: string;
}

function Row({ incident, kind }: RowProps) {
  const { t } = useTranslation();
  return (
    <>
      <PriorityMark priority={incident.priority} />
      <span className="incident__what">
        <span className="incident__kind">{kind}</span>
        <span className="incident__place">{incident.place_text}</span>
      </span>
      <span className="incident__phase">
        <PhaseChip phase={incident.phase} />
      </span>
      <span className="incident__clock">
        <ResponseClock incident={incident} />
      </span>
      <span className="incident__units">
        {incident.units.length > 0 ? incident.units.join(' · ') : <span className="soft">–</span>}
      </span>
      <span className="incident__number soft figures">
        {incident.number}
        {incident.report_count > 1 && (
          <span className="count">{t('incident.reports_short', { count: incident.report_count })}</span>
        )}
      </span>
      <span className="incident__received soft">
        <When at={incident.received_at} />
      </span>
    </>
  );
}

interface Props {
  label: string;
  incidents: readonly IncidentRow[];
  /** Narrow: two lines a row, for the side of the map. */
  narrow?: boolean;
  onOpen: (id: string) => void;
}

/** Incidents as a list that the arrow keys walk; Enter opens one. */
export function IncidentList({ label, incidents, narrow = false, onOpen }: Props) {
  const { i18n } = useTranslation();
  const kindName = useKindName();
  return (
    <GridList
      aria-label={label}
      className={narrow ? 'incidents incidents--narrow' : 'incidents'}
      items={incidents}
      dependencies={[kindName, i18n.language]}
      onAction={(id) => onOpen(String(id))}
    >
      {(incident) => (
        <GridListItem
          className={`incident incident--${incident.priority}`}
          textValue={`${kindName(incident.kind)} ${incident.place_text}`}
        >
          <Row incident={incident} kind={kindName(incident.kind)} />
        </GridListItem>
      )}
    </GridList>
  );
}
