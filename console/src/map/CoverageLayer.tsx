import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Coverage } from '../api/onMap';
import { NOTHING } from './features';
import './layers.css';
import type { Palette } from './palette';
import { useOverlay } from './readyMap';

/** The sooner somebody is there, the broader the street: seen without colour too. */
const WIDTHS_PX = [6.5, 3.75, 1.75] as const;
const SHARE_AT_12 = 0.35;
const SECONDS_A_MINUTE = 60;
const METRES_A_KM = 1_000;

const layersOf = (palette: Palette): LayerSpecification[] =>
  WIDTHS_PX.map((width, band): LayerSpecification => ({
    id: `coverage-${band}`,
    type: 'line',
    source: 'coverage',
    filter: ['==', ['get', 'band'], band],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': palette.reach,
      'line-opacity': 0.65,
      'line-width': ['interpolate', ['linear'], ['zoom'], 12, width * SHARE_AT_12, 16, width],
    },
  })).reverse();

function featuresOf({ bands }: Coverage): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: bands.map(({ lines }, band) => ({
      type: 'Feature',
      geometry: { type: 'MultiLineString', coordinates: lines },
      properties: { band },
    })),
  };
}

/** What the breadth of a street means, with how much of the city that is. */
function CoverageKey({ coverage, title }: { coverage: Coverage; title: string }) {
  const { t, i18n } = useTranslation();
  const km = (metres: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(metres / METRES_A_KM);
  const share = (metres: number): string =>
    new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(
      coverage.street_m > 0 ? metres / coverage.street_m : 0,
    );
  const { stale, at_station, closures, left_off } = coverage;
  return (
    <section className="coverage-key" aria-label={t('map.coverage')}>
      <h2>{title}</h2>
      <ul>
        {coverage.bands.map(({ within_s, reached_m }, band) => (
          <li key={within_s}>
            <svg width="28" height="12" aria-hidden className="coverage-key__line">
              <line x1="4" x2="24" y1="6" y2="6" strokeWidth={WIDTHS_PX[band]} />
            </svg>
            <span>{t('map.coverage_within', { count: within_s / SECONDS_A_MINUTE })}</span>
            <span className="figures">
              {t('map.coverage_reached', { km: km(reached_m), share: share(reached_m) })}
            </span>
          </li>
        ))}
      </ul>
      {stale > 0 && <p className="soft">{t('map.coverage_stale', { count: stale })}</p>}
      {at_station > 0 && <p className="soft">{t('map.coverage_station', { count: at_station })}</p>}
      {closures > 0 && <p className="soft">{t('map.coverage_closures', { count: closures })}</p>}
      {left_off > 0 && <p className="soft">{t('map.coverage_left_off', { count: left_off })}</p>}
    </section>
  );
}

interface Props {
  coverage: Coverage | null | undefined;
  /** Whose reach it is; that of the free units where nothing is said. */
  title?: string;
}

/** Streets by how soon a unit is there. */
export function CoverageLayer({ coverage, title }: Props) {
  const { t } = useTranslation();
  const data = useMemo(() => (coverage ? featuresOf(coverage) : NOTHING), [coverage]);
  useOverlay('coverage', data, layersOf, 'way-edge');
  if (!coverage) return null;
  const count = coverage.units;
  return <CoverageKey coverage={coverage} title={title ?? t('map.coverage_units', { count })} />;
}
