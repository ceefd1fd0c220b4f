import { useMemo } from 'react';

import { useUnits } from '../../api/dispatch';
import type { Incident } from '../../api/types';
import { MapPanel } from '../../map/PlaceMap';

/** Where the incident is and who is on the way. */
export function IncidentMap({ incident }: { incident: Incident }) {
  const units = useUnits();
  const look = useMemo(
    () => ({ lon: incident.lon, lat: incident.lat }),
    [incident.lon, incident.lat],
  );
  const incidents = useMemo(() => [incident], [incident]);
  return (
    <MapPanel incidents={incidents} units={units.data} chosenId={incident.id} look={look} />
  );
}
