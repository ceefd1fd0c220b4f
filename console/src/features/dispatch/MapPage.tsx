import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useOpenIncidents, useUnits } from '../../api/dispatch';
import { useGridCells } from '../../api/reference';
import { useMay } from '../../api/session';
import type { Unit } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { MapLegend } from '../../map/MapLegend';
import type { Pick } from '../../map/usePicking';
import { Rows } from '../../ui/Rows';
import { Segments } from '../../ui/Segments';
import { Empty, Loaded } from '../../ui/states';
import { IncidentList } from './IncidentList';
import './map-page.css';
import { PickedCard } from './PickedCard';
import { UnitList } from './UnitList';
import { byUrgency } from './urgency';

const NO_UNITS: readonly Unit[] = [];

const SIDES = ['incidents', 'units'] as const;
type Side = (typeof SIDES)[number];

/** The live picture: the map, and beside it the same in words. */
export function MapPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const incidents = useOpenIncidents();
  const units = useUnits();
  const cells = useGridCells();
  const mayReadIncidents = useMay('incident.read');
  const [side, setSide] = useState<Side>(mayReadIncidents ? 'incidents' : 'units');
  const [pick, setPick] = useState<Pick | null>(null);
  const incidentRows = useMemo(() => (incidents.data ?? []).toSorted(byUrgency), [incidents.data]);
  const unitRows = units.data ?? NO_UNITS;
  const picked =
    pick?.what === 'unit'
      ? unitRows.find(({ id }) => id === pick.id)
      : incidentRows.find(({ id }) => id === pick?.id);
  const [look, setLook] = useState<{ lon: number; lat: number } | null>(null);

  const show = (next: Pick): void => {
    setPick(next);
    const row =
      next.what === 'unit'
        ? unitRows.find(({ id }) => id === next.id)
        : incidentRows.find(({ id }) => id === next.id);
    if (row?.lon != null && row.lat !== null) setLook({ lon: row.lon, lat: row.lat });
  };

  return (
    <div className="map-page">
      <h1 className="unseen">{t('map.title')}</h1>
      <CityMap
        incidents={incidentRows}
        units={unitRows}
        cells={cells.data}
        chosenId={pick?.id ?? null}
        look={look}
        onPick={setPick}
        onPlace={() => setPick(null)}
      >
        <MapLegend unitKinds={[...new Set(unitRows.map(({ kind }) => kind))]} />
        {picked && (
          <PickedCard
            row={picked}
            onClose={() => setPick(null)}
            onOpen={(id) => void navigate(`/incidents/${id}`)}
          />
        )}
      </CityMap>
      <section className="map-page__side" aria-label={t('map.in_words')}>
        <Segments<Side>
          label={t('map.in_words')}
          value={side}
          onChange={setSide}
          segments={SIDES.filter((value) => value === 'units' || mayReadIncidents).map((value) => ({
            value,
            text: t(`place.${value}`),
            count: value === 'units' ? unitRows.length : incidentRows.length,
          }))}
        />
        <div className="map-page__list">
          {side === 'incidents' ? (
            <Rows
              query={incidents}
              empty={<Empty title={t('incidents.none')} text={t('incidents.none_text')} />}
            >
              {() => (
                <IncidentList
                  narrow
                  label={t('place.incidents')}
                  incidents={incidentRows}
                  onOpen={(id) => show({ what: 'incident', id })}
                />
              )}
            </Rows>
          ) : (
            <Loaded query={units}>
              {(rows) => (
                <UnitList rows={rows} onOpen={(id) => show({ what: 'unit', id })} />
              )}
            </Loaded>
          )}
        </div>
      </section>
    </div>
  );
}
