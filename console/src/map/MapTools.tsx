import { Box, Maximize, Minus, Plus, Printer, Ruler } from 'lucide-react';
import type { Map as LibreMap } from 'maplibre-gl';
import { lazy, Suspense, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

import type { City } from '../api/types';
import { Button } from '../ui/Button';
import { otherTilt, wholeCity } from './views';

const Measure = lazy(async () => ({ default: (await import('./Measure')).Measure }));
const PrintSheet = lazy(async () => ({ default: (await import('./PrintSheet')).PrintSheet }));

type Tool = 'measure' | 'print' | null;

/** Zoom, tilt, the whole city; measuring, and the map on paper. */
export function MapTools({ map, city }: { map: LibreMap; city: City }) {
  const { t } = useTranslation();
  const [tool, setTool] = useState<Tool>(null);
  const button = (Picture: ComponentType<{ size: number; 'aria-hidden': true }>, name: string, onPress: () => void) => (
    <Button icon aria-label={name} onPress={onPress}>
      <Picture size={16} aria-hidden />
    </Button>
  );
  return (
    <>
      <div className="map__tools" role="toolbar" aria-label={t('map.tools')}>
        {button(Plus, t('map.zoom_in'), () => map.zoomIn())}
        {button(Minus, t('map.zoom_out'), () => map.zoomOut())}
        {button(Box, t('map.tilt'), () => map.easeTo(otherTilt(map)))}
        {button(Maximize, t('map.whole'), () => map.easeTo(wholeCity(map, city)))}
        {button(Ruler, t('map.measure'), () => setTool(tool === 'measure' ? null : 'measure'))}
        {button(Printer, t('map.print'), () => setTool('print'))}
      </div>
      <Suspense>
        {tool === 'measure' && <Measure onClose={() => setTool(null)} />}
        {tool === 'print' && <PrintSheet map={map} city={city} onDone={() => setTool(null)} />}
      </Suspense>
    </>
  );
}
