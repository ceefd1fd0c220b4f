import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { CityMap } from '../../map/CityMap';
import { Panel } from '../../ui/Panel';

/** Where a case, or a joint task, is. */
export function CaseMap({ found }: { found: { lon: number; lat: number } }) {
  const { t } = useTranslation();
  const spot = useMemo(() => ({ lon: found.lon, lat: found.lat }), [found.lon, found.lat]);
  return (
    <Panel title={t('incident.place')} flush className="case-page__map">
      <CityMap pin={spot} look={spot} />
    </Panel>
  );
}
