import type { FeatureCollection } from 'geojson';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCity, useKindName } from '../api/reference';
import type { City } from '../api/types';
import { Loaded } from '../ui/states';
import {
  incidentFeatures,
  incidentGroups,
  NOTHING,
  pinFeatures,
  wayFeatures,
  type MapIncident,
  type MapUnit,
} from './features';
import { squareDegrees } from './groups';
import './map.css';
import { MapTools } from './MapTools';
import type { Point } from './motion';
import { ringOnly, setOverlay } from './overlays';
import { ReadyMapContext, type ReadyMap } from './readyMap';
import { FONT } from './style';
import { canDraw, useLibreMap } from './useLibreMap';
import { useMovingUnits } from './useMovingUnits';
import { usePicking, type Pick } from './usePicking';
import { GROUPED_BELOW_ZOOM, viewOf, type View } from './view';

const CLOSE_UP_ZOOM = 15.5;

const NO_INCIDENTS: readonly MapIncident[] = [];
const NO_UNITS: readonly MapUnit[] = [];

export interface Props {
  incidents?: readonly MapIncident[] | undefined;
  units?: readonly MapUnit[] | undefined;
  /** Units stand where they are said to; what they report now is not followed. */
  still?: boolean;
  cells?: FeatureCollection | undefined;
  /** The incident or unit that is ringed. */
  chosenId?: string | null;
  /** A place that is being chosen. */
  pin?: Point | null;
  /** Where to look; a new value moves the map. */
  look?: Point | null;
  /** A way along the streets, degrees (lon, lat). */
  way?: readonly (readonly number[])[] | undefined;
  onPick?: (pick: Pick) => void;
  /** A click where nothing can be picked. */
  onPlace?: (point: Point) => void;
  /** What is in sight, whenever the map has come to rest. */
  onView?: (view: View) => void;
  children?: ReactNode;
}

function useIncidents(ready: ReadyMap | null, rows: readonly MapIncident[], zoom: number): void {
  const kindName = useKindName();
  useEffect(() => {
    if (ready === null) return;
    let stale = false;
    const isFar = zoom < GROUPED_BELOW_ZOOM;
    const groups = isFar ? incidentGroups(rows, squareDegrees(zoom)) : NOTHING;
    setOverlay(ready.map, 'incident-groups', groups);
    const data = incidentFeatures(isFar ? NO_INCIDENTS : rows, kindName);
    const text = data.features.map(({ properties }) => String(properties?.['name'])).join('');
    // Letters whose font has not come yet would be drawn in another one, and stay so.
    void document.fonts.load(`16px '${FONT}'`, text || ' ').then(() => {
      if (!stale) setOverlay(ready.map, 'incidents', data);
    });
    return () => {
      stale = true;
    };
  }, [ready, rows, kindName, zoom]);
}

/** Tell what is in sight, each time the map has come to rest; return how far away one looks. */
function useView(ready: ReadyMap | null, onView: ((view: View) => void) | undefined): number {
  const tell = useRef(onView);
  useEffect(() => {
    tell.current = onView;
  });
  const [zoom, setZoom] = useState(GROUPED_BELOW_ZOOM);
  const map = ready?.map;
  useEffect(() => {
    if (map === undefined) return undefined;
    const rested = (): void => {
      const view = viewOf(map);
      // Half a step of zoom is soon enough for groups to fall apart.
      setZoom(Math.round(view.zoom * 2) / 2);
      tell.current?.(view);
    };
    rested();
    map.on('moveend', rested);
    return () => void map.off('moveend', rested);
  }, [map]);
  return zoom;
}

function NotDrawn() {
  const { t } = useTranslation();
  return canDraw ? null : <p className="map__none">{t('map.not_drawn')}</p>;
}

function Tools({ ready, city }: { ready: ReadyMap | null; city: City }) {
  return ready && <MapTools map={ready.map} city={city} />;
}

function LoadedMap({ city, ...props }: Props & { city: City }) {
  const { t } = useTranslation();
  const { incidents = NO_INCIDENTS, units = NO_UNITS, cells } = props;
  const { chosenId = null, pin = null, look = null } = props;
  const container = useRef<HTMLDivElement>(null);
  const ready = useLibreMap(container, city, [...new Set(units.map(({ kind }) => kind))].sort());

  const zoom = useView(ready, props.onView);
  useIncidents(ready, incidents, zoom);
  const dotAt = useMovingUnits(ready, units, props.still ?? false, chosenId);
  const { onPick, onPlace } = props;
  const orDot = (point: Point): void => {
    const id = dotAt(point);
    if (id !== null && onPick) onPick({ what: 'unit', id });
    else onPlace?.(point);
  };
  usePicking(ready, onPick, onPlace && orDot);
  useEffect(() => {
    if (ready) setOverlay(ready.map, 'cells', cells ?? NOTHING);
  }, [ready, cells]);
  useEffect(() => {
    if (ready) setOverlay(ready.map, 'pin', pinFeatures(pin));
  }, [ready, pin]);
  useEffect(() => {
    if (ready) setOverlay(ready.map, 'way', wayFeatures(props.way));
  }, [ready, props.way]);
  useEffect(() => {
    if (ready) ringOnly(ready.map, chosenId);
  }, [ready, chosenId]);
  useEffect(() => {
    if (!ready || !look) return;
    const zoom = Math.max(ready.map.getZoom(), CLOSE_UP_ZOOM);
    ready.map.easeTo({ center: [look.lon, look.lat], zoom });
    // Only a new place moves the map; a renewed style does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ready?.map, look]);

  return (
    <div className="map">
      <div className="map__canvas" ref={container} data-testid="map" data-ready={ready !== null} />
      <NotDrawn />
      <ReadyMapContext value={ready}>
        <Tools ready={ready} city={city} />
        {props.children}
      </ReadyMapContext>
      <p className="map__attribution">{city.attribution || t('map.attribution')}</p>
    </div>
  );
}

/** The city, what happens in it and who is on the way. The screen around it says the same in words. */
export function DrawnMap(props: Props) {
  const city = useCity();
  return <Loaded query={city}>{(data) => <LoadedMap city={data} {...props} />}</Loaded>;
}
