import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Case } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { Panel } from '../../ui/Panel';

/** Where the case is. */
export function CaseMap({ found }: { found: Case }) {
  const { t } = useTranslation();
  const spot = useMemo(() => ({ lon: found.lon, lat: found.lat }), [found.lon, found.lat]);
  return (
    <Panel title={t('incident.place')} flush className="case-page__map">
      <CityMap pin={spot} look={spot} />
    </Panel>
  );
}
