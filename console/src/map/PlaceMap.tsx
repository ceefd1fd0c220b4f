import { useMemo, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

import { Panel } from '../ui/Panel';
import '../ui/subject.css';
import { CityMap } from './CityMap';

/** The map on the screen of one thing. */
export function MapPanel(props: ComponentProps<typeof CityMap>) {
  const { t } = useTranslation();
  return (
    <Panel title={t('incident.place')} flush className="subject__map">
      <CityMap {...props} />
    </Panel>
  );
}

/** Where something is that stays where it is. */
export function PlaceMap({ place: { lon, lat } }: { place: { lon: number; lat: number } }) {
  const spot = useMemo(() => ({ lon, lat }), [lon, lat]);
  return <MapPanel pin={spot} look={spot} />;
}
