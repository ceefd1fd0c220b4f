import type { Map as LibreMap } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../api/reference';
import { serverNow } from '../api/serverClock';
import { useMe } from '../api/session';
import type { City } from '../api/types';
import { UnitChip } from '../ui/PhaseChip';
import { PRIORITIES, PriorityMark } from '../ui/PriorityMark';
import { useChosenLayers } from './layerChoice';
import { distance_m, roundLength_m } from './measuring';
import './print.css';

/** A scale is at most this share of the picture's width. */
const SCALE_SHARE = 0.2;
const M_A_KM = 1_000;
const STATUSES = ['AVAILABLE', 'ASSIGNED', 'EN_ROUTE', 'ON_SCENE', 'OFF_DUTY'] as const;

/** The map as it is drawn now, the dots over it too. */
async function pictureOf(map: LibreMap): Promise<string> {
  const drawn = map.once('render');
  map.triggerRepaint();
  await drawn;
  const below = map.getCanvas();
  const canvas = document.createElement('canvas');
  canvas.width = below.width;
  canvas.height = below.height;
  const context = canvas.getContext('2d');
  for (const layer of map.getCanvasContainer().querySelectorAll('canvas')) {
    context?.drawImage(layer, 0, 0);
  }
  return canvas.toDataURL('image/png');
}

/** A round length, and its share of the picture's width at its middle. */
function scaleOf(map: LibreMap): { metres: number; share: number } {
  const { clientWidth, clientHeight } = map.getCanvas();
  const [from, to] = [0, clientWidth].map((x) => {
    const { lng, lat } = map.unproject([x, clientHeight / 2]);
    return { lon: lng, lat };
  }) as [{ lon: number; lat: number }, { lon: number; lat: number }];
  const whole = distance_m(from, to);
  const metres = roundLength_m(whole * SCALE_SHARE);
  return { metres, share: metres / whole };
}

/** What is shown, on paper: picture, meaning of the signs, scale, when, and who printed it. */
export function PrintSheet({ map, city, onDone }: { map: LibreMap; city: City; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const chosen = useChosenLayers();
  const [picture, setPicture] = useState('');
  const [{ at, scale }] = useState(() => ({ at: serverNow(), scale: scaleOf(map) }));
  const done = useRef(onDone);
  useEffect(() => {
    let isGone = false;
    void pictureOf(map).then((drawn) => {
      if (!isGone) setPicture(drawn);
    });
    return () => {
      isGone = true;
    };
  }, [map]);
  const print = (): void => {
    window.addEventListener('afterprint', () => done.current(), { once: true });
    window.print();
  };
  const km = scale.metres >= M_A_KM;
  return createPortal(
    <article className="sheet" aria-label={t('map.print')}>
      <h1>
        {i18n.language === 'en' ? city.jurisdiction_en : city.jurisdiction_zh} · {t('map.title')}
      </h1>
      <p>
        {t('map.printed', {
          at: new Intl.DateTimeFormat(i18n.language, {
            dateStyle: 'medium',
            timeStyle: 'medium',
          }).format(at),
          name: nameOf(me),
        })}
      </p>
      {picture !== '' && <img src={picture} alt={t('map.title')} onLoad={print} />}
      <div className="sheet__scale" style={{ width: `${scale.share * 100}%` }}>
        {km
          ? t('map.kilometres', { text: String(scale.metres / M_A_KM) })
          : t('map.metres', { count: scale.metres, text: String(scale.metres) })}
      </div>
      {map.getPitch() > 0 && <p>{t('map.printed_tilted')}</p>}
      <ul>
        {PRIORITIES.map((priority) => (
          <li key={priority}>
            <PriorityMark priority={priority} named />
          </li>
        ))}
        {STATUSES.map((status) => (
          <li key={status}>
            <UnitChip status={status} />
          </li>
        ))}
        {chosen.map((layer) => (
          <li key={layer}>{t(`map_layer.${layer}`)}</li>
        ))}
      </ul>
      <p>{city.attribution || t('map.attribution')}</p>
    </article>,
    document.body,
  );
}
