import { Box, Maximize, Minus, Plus } from 'lucide-react';
import type { Map as LibreMap } from 'maplibre-gl';
import { useTranslation } from 'react-i18next';

import type { City } from '../api/types';
import { Button } from '../ui/Button';
import { otherTilt, wholeCity } from './views';

/** Zoom, tilt, and the whole city. */
export function MapTools({ map, city }: { map: LibreMap; city: City }) {
  const { t } = useTranslation();
  return (
    <div className="map__tools" role="toolbar" aria-label={t('map.tools')}>
      <Button icon aria-label={t('map.zoom_in')} onPress={() => map.zoomIn()}>
        <Plus size={16} aria-hidden />
      </Button>
      <Button icon aria-label={t('map.zoom_out')} onPress={() => map.zoomOut()}>
        <Minus size={16} aria-hidden />
      </Button>
      <Button
        icon
        aria-label={t('map.tilt')}
        onPress={() => map.easeTo(otherTilt(map))}
      >
        <Box size={16} aria-hidden />
      </Button>
      <Button
        icon
        aria-label={t('map.whole')}
        onPress={() => map.easeTo(wholeCity(map, city))}
      >
        <Maximize size={16} aria-hidden />
      </Button>
    </div>
  );
}
