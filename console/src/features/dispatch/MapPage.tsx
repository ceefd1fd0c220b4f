import type { FeatureCollection } from 'geojson';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import { useOpenIncidents, useUnits } from '../../api/dispatch';
import { useGridCells } from '../../api/reference';
import { useMay } from '../../api/session';
import type { IncidentRow, Unit } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { useChosenLayers } from '../../map/layerChoice';
import { LayersButton } from '../../map/LayersButton';
import { MapLegend } from '../../map/MapLegend';
import type { Point } from '../../map/motion';
import type { Pick } from '../../map/usePicking';
import type { View } from '../../map/view';
import { Skeleton } from '../../ui/states';
import './map-page.css';
import { MapSide } from './MapSide';
import { PickedCard } from './PickedCard';
import { byUrgency } from './urgency';

const ChosenLayers = lazy(async () => ({
  default: (await import('../../map/ChosenLayers')).ChosenLayers,
}));
const PickedCase = lazy(async () => ({ default: (await import('./PickedCase')).PickedCase }));

const NO_UNITS: readonly Unit[] = [];

interface CornerProps {
  view: View | null;
  units: readonly Unit[];
  cells: FeatureCollection | undefined;
}

/** What signs mean, what else is shown, and how that reads. */
function MapCorner({ view, units, cells }: CornerProps) {
  const hasLayers = useChosenLayers().length > 0;
  const unitKinds = useMemo(() => [...new Set(units.map(({ kind }) => kind))], [units]);
  return (
    <div className="map__corner">
      <Suspense>
        {hasLayers && <ChosenLayers box={view?.box ?? null} units={units} cells={cells} />}
      </Suspense>
      <div className="line-up">
        <MapLegend unitKinds={unitKinds} />
        <LayersButton unitKinds={unitKinds} />
      </div>
    </div>
  );
}

interface PickedProps {
  pick: Pick | null;
  row: IncidentRow | Unit | undefined;
  onClose: () => void;
  onOpen: (path: string) => void;
}

/** What was picked on the map or in the list beside it. */
function Picked({ pick, row, onClose, onOpen }: PickedProps) {
  const mayReadCases = useMay('case.read');
  if (row !== undefined) {
    return <PickedCard row={row} onClose={onClose} onOpen={(id) => onOpen(`/incidents/${id}`)} />;
  }
  if (pick?.what !== 'case' || !mayReadCases) return null;
  return (
    <Suspense fallback={<Skeleton />}>
      <PickedCase id={pick.id} onClose={onClose} onOpen={(id) => onOpen(`/cases/${id}`)} />
    </Suspense>
  );
}

/** The place that the address asks for, as the search box does: `at=lon,lat`. */
function useAskedPlace(): { lon: number; lat: number } | null {
  const at = useSearchParams()[0].get('at');
  return useMemo(() => {
    const [lon = NaN, lat = NaN] = (at ?? '').split(',').map(Number);
    return Number.isFinite(lon) && Number.isFinite(lat) && at !== null ? { lon, lat } : null;
  }, [at]);
}

/** The live picture: the map, and beside it the same in words. */
export function MapPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const incidents = useOpenIncidents();
  const units = useUnits();
  const cells = useGridCells();
  const [pick, setPick] = useState<Pick | null>(null);
  const asked = useAskedPlace();
  const [look, setLook] = useState<Point | null>(null);
  const [view, setView] = useState<View | null>(null);
  const incidentRows = useMemo(() => (incidents.data ?? []).toSorted(byUrgency), [incidents.data]);
  const unitRows = units.data ?? NO_UNITS;
  const picked =
    pick?.what === 'unit'
      ? unitRows.find(({ id }) => id === pick.id)
      : incidentRows.find(({ id }) => id === pick?.id);
  const close = (): void => setPick(null);

  return (
    <div className="map-page">
      <h1 className="unseen">{t('map.title')}</h1>
      <CityMap
        incidents={incidentRows}
        units={unitRows}
        cells={cells.data}
        chosenId={pick?.id ?? null}
        look={look ?? asked}
        onPick={setPick}
        onPlace={close}
        onView={setView}
      >
        <MapCorner view={view} units={unitRows} cells={cells.data} />
        <Picked
          pick={pick}
          row={picked}
          onClose={close}
          onOpen={(path) => void navigate(path)}
        />
      </CityMap>
      <MapSide
        incidents={incidents}
        incidentRows={incidentRows}
        units={units}
        cells={cells.data}
        view={view}
        onShow={(at, next) => {
          setPick(next);
          setLook(at);
        }}
      />
    </div>
  );
}
