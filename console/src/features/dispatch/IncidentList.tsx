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
  isGone: boolean;
}

function Row({ incident, kind, isGone }: RowProps) {
  const { t } = useTranslation();
  return (
    <>
      <PriorityMark priority={incident.priority} />
      <span className="incident__what">
        <span className="incident__kind">{kind}</span>
        <span className="incident__place">{incident.place_text}</span>
      </span>
      <span className="incident__phase">
        {isGone ? (
          <span className="chip chip--square">{t('incidents.gone')}</span>
        ) : (
          <PhaseChip phase={incident.phase} />
        )}
      </span>
      <span className="incident__clock">
        {isGone ? <span className="soft">–</span> : <ResponseClock incident={incident} />}
      </span>
      <span className="incident__units" title={incident.units.join(' · ')}>
        {incident.units.length > 0 ? incident.units.join(' · ') : '–'}
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
  /** Those that stand here still and belong here no more. */
  gone?: ReadonlySet<string>;
  onOpen: (id: string) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Incidents as a list that the arrow keys walk; Enter opens one. */
export function IncidentList({ label, incidents, narrow = false, gone = NONE, onOpen }: Props) {
  const { i18n } = useTranslation();
  const kindName = useKindName();
  return (
    <GridList
      aria-label={label}
      className={narrow ? 'incidents incidents--narrow' : 'incidents'}
      items={incidents}
      dependencies={[kindName, i18n.language, gone]}
      onAction={(id) => onOpen(String(id))}
    >
      {(incident) => (
        <GridListItem
          className={`incident incident--${gone.has(incident.id) ? 'gone' : incident.priority}`}
          textValue={`${kindName(incident.kind)} ${incident.place_text}`}
        >
          <Row
            incident={incident}
            kind={kindName(incident.kind)}
            isGone={gone.has(incident.id)}
          />
        </GridListItem>
      )}
    </GridList>
  );
}
