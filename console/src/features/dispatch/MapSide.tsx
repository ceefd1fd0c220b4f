import type { FeatureCollection } from 'geojson';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { useOpenIncidents, useUnits } from '../../api/dispatch';
import { useMay } from '../../api/session';
import type { IncidentRow, Unit } from '../../api/types';
import type { Point } from '../../map/motion';
import type { Pick } from '../../map/usePicking';
import type { View } from '../../map/view';
import { Segments } from '../../ui/Segments';
import { Loaded, Skeleton } from '../../ui/states';
import { LiveIncidents } from './LiveIncidents';
import { NoIncident } from './NoIncident';
import { UnitList } from './UnitList';

const SeenList = lazy(async () => ({ default: (await import('../../map/SeenList')).SeenList }));

const SIDES = ['incidents', 'units', 'seen'] as const;
type Side = (typeof SIDES)[number];

const NO_UNITS: readonly Unit[] = [];

interface Props {
  incidents: ReturnType<typeof useOpenIncidents>;
  incidentRows: readonly IncidentRow[];
  units: ReturnType<typeof useUnits>;
  cells: FeatureCollection | undefined;
  view: View | null;
  /** Look at a place, and pick what stands there. */
  onShow: (at: Point | null, pick: Pick | null) => void;
}

/** The map in words: all incidents, all units, or everything that is in sight. */
export function MapSide({ incidents, incidentRows, units, cells, view, onShow }: Props) {
  const { t } = useTranslation();
  const mayReadIncidents = useMay('incident.read');
  const [side, setSide] = useState<Side>(mayReadIncidents ? 'incidents' : 'units');
  const unitRows = units.data ?? NO_UNITS;
  const counts = { units: unitRows.length, incidents: incidentRows.length };

  const show = (what: 'incident' | 'unit', id: string): void => {
    const rows = what === 'unit' ? unitRows : incidentRows;
    const row = rows.find((one) => one.id === id);
    const at = row?.lon != null && row.lat !== null ? { lon: row.lon, lat: row.lat } : null;
    onShow(at, { what, id });
  };

  return (
    <section className="map-page__side" aria-label={t('map.in_words')}>
      <Segments<Side>
        label={t('map.in_words')}
        value={side}
        onChange={setSide}
        segments={SIDES.filter((value) => value !== 'incidents' || mayReadIncidents).map((value) =>
          value === 'seen'
            ? { value, text: t('map.seen') }
            : { value, text: t(`place.${value}`), count: counts[value] },
        )}
      />
      <div className={side === 'incidents' ? 'map-page__list queue queue--narrow' : 'map-page__list'}>
        {side === 'incidents' && (
          <Loaded query={incidents} skeletonRows={10}>
            {() => (
              <LiveIncidents
                narrow
                label={t('place.incidents')}
                ordered={incidentRows}
                open={incidentRows}
                about="all"
                empty={<NoIncident />}
                onOpen={(id) => show('incident', id)}
              />
            )}
          </Loaded>
        )}
        {side === 'units' && (
          <Loaded query={units}>
            {(rows) => <UnitList rows={rows} onOpen={(id) => show('unit', id)} />}
          </Loaded>
        )}
        {side === 'seen' && (
          <Suspense fallback={<Skeleton />}>
            <SeenList
              view={view}
              incidents={incidentRows}
              units={unitRows}
              cells={cells}
              onChoose={({ lon, lat, pick }) => onShow({ lon, lat }, pick)}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
}
