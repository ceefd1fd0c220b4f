import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useUnits } from '../../api/dispatch';
import type { Incident } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { Panel } from '../../ui/Panel';

/** Where the incident is and who is on the way. */
export function IncidentMap({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const units = useUnits();
  const look = useMemo(
    () => ({ lon: incident.lon, lat: incident.lat }),
    [incident.lon, incident.lat],
  );
  const incidents = useMemo(() => [incident], [incident]);
  return (
    <Panel title={t('incident.place')} flush className="incident-page__map">
      <CityMap
        incidents={incidents}
        units={units.data}
        chosenId={incident.id}
        look={look}
      />
    </Panel>
  );
}
