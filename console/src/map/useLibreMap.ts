import { Map as LibreMap, setWorkerUrl } from 'maplibre-gl';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import workerUrl from 'virtual:map-worker';

import type { City } from '../api/types';
import { currentLanguage, type Language } from '../i18n';
import { useIsNight } from '../ui/theme';
import { holdTop } from './holdTop';
import { addOverlays } from './overlays';
import { DAY, NIGHT } from './palette';
import type { ReadyMap } from './readyMap';
import { wholeCity } from './views';
import { baseStyle, FONT } from './style';
import { addSigns, signColours } from './symbols';

setWorkerUrl(workerUrl);

const LEAST_ZOOM = 9;
/** How far beyond the city's bounds the map may be moved, in degrees. */
const MARGIN_DEGREES = 0.05;
/**
 * Letters that labels use beside the Latin ones of English: those of European names, in Chinese those
 * of streets, places and foreign names. The font comes in parts, each with some hundred letters.
 */
const LABEL_SAMPLES: Record<Language, string> = {
  en: 'Aaäöåéñçőł0',
  'zh-CN': 'Aaäöåéñçőł0东西南北中大小上下新老路街道巷区市镇村岛桥河湖海湾山公园站学校医院广场市场教堂港口阿埃艾奥巴贝比伯博布达德迪杜恩尔法菲福戈格哈赫基卡凯科克库拉莱兰勒里利林卢鲁罗洛马曼梅米莫姆纳尼诺帕佩皮普瑞萨塞桑沙斯苏索塔泰坦特托瓦万韦维沃西希亚伊约',
};

/** Whether the map can be drawn here at all: it needs WebGL 2. */
export const canDraw = document.createElement('canvas').getContext('webgl2') !== null;

function create(container: HTMLElement, city: City, title: string): LibreMap {
  const [west, south, east, north] = city.bounds;
  const map = new LibreMap({
    container,
    center: city.centre,
    minZoom: LEAST_ZOOM,
    maxPitch: 65,
    maxBounds: [
      [west - MARGIN_DEGREES, south - MARGIN_DEGREES],
      [east + MARGIN_DEGREES, north + MARGIN_DEGREES],
    ],
    attributionControl: false,
    locale: { 'Map.Title': title },
  });
  map.jumpTo(wholeCity(map, city));
  holdTop(map);
  return map;
}

/**
 * A map of the city in the container. Its style follows day, night and language; the overlays are
 * added anew each time, empty, and `epoch` tells the drawers to fill them again. There is none
 * where it cannot be drawn.
 */
export function useLibreMap(
  container: RefObject<HTMLDivElement | null>,
  city: City,
  unitKinds: readonly string[],
): ReadyMap | null {
  const { t, i18n } = useTranslation();
  const night = useIsNight();
  const language = i18n.language;
  const mapRef = useRef<LibreMap | null>(null);
  const [ready, setReady] = useState<ReadyMap | null>(null);
  const title = t('map.title');
  const kinds = unitKinds.join(' ');

  useEffect(() => {
    if (container.current === null || !canDraw) return;
    const map = create(container.current, city, title);
    mapRef.current = map;
    return () => {
      mapRef.current = null;
      setReady(null);
      map.remove();
    };
    // A new title must not build a new map; the canvas is renamed below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [container, city]);

  useEffect(() => {
    const map = mapRef.current;
    if (map === null) return;
    let stale = false;
    const palette = night ? NIGHT : DAY;
    const draw = async (): Promise<void> => {
      await document.fonts.load(`16px '${FONT}'`, LABEL_SAMPLES[currentLanguage()]);
      if (stale) return;
      map.once('style.load', () => {
        addOverlays(map, palette, language);
        setReady((last) => ({ map, epoch: (last?.epoch ?? 0) + 1 }));
      });
      map.setStyle(baseStyle(city.pack, city.bounds, palette, language), { diff: false });
    };
    void draw();
    return () => {
      stale = true;
    };
  }, [city, night, language]);

  useEffect(() => {
    if (ready) addSigns(ready.map, kinds.split(' '), signColours());
  }, [ready, kinds]);

  useEffect(() => {
    mapRef.current?.getCanvas().setAttribute('aria-label', title);
  }, [title, ready]);

  return ready;
}
