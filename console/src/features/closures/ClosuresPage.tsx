import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { useClosures, type Closure } from '../../api/onMap';
import { useServerMinute } from '../../api/serverClock';
import { boxAround } from '../../map/closedShape';
import { CityMap } from '../../map/CityMap';
import { FitBox } from '../../map/FitBox';
import { ClosureLayer } from '../../map/GroundLayers';
import type { Point } from '../../map/motion';
import type { Spot } from '../../ui/PlacePick';
import { ClosureForm } from './ClosureForm';
import { ClosureList, type Back } from './ClosureList';
import './closures.css';
import { BLANK, placeOf, shapeOf, withPlace, type Draft } from './draft';
import { stateOf } from './states';

const DIGITS = 5;
/** Drawn as roads that are closed already. */
const AT_ONCE = new Date(0).toISOString();

const clicked = ({ lon, lat }: Point): Spot => ({
  lon,
  lat,
  name: `${lat.toFixed(DIGITS)}, ${lon.toFixed(DIGITS)}`,
});

/** What is closed and to come, and what is being entered: as the map draws it. */
function useDrawn(closures: readonly Closure[] | undefined, draft: Draft | null) {
  const now_ms = useServerMinute();
  return useMemo(() => {
    const shape = draft && shapeOf(draft);
    const kept = (closures ?? []).filter((one) => stateOf(one, now_ms) !== 'over');
    if (shape === null || draft === null) return kept;
    return [...kept, { ...shape, reason: draft.reason, from_at: draft.from || AT_ONCE }];
  }, [closures, draft, now_ms]);
}

/** Closed roads: what is in force and to come, entered and ended here, with the map beside it. */
export function ClosuresPage() {
  const { t } = useTranslation();
  const [asked, setAsked] = useSearchParams();
  const closures = useClosures(true);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [look, setLook] = useState<Spot | null>(null);
  const [back, setBack] = useState<Back>(null);
  const chosen = closures.data?.find(({ id }) => id === asked.get('closure')) ?? null;
  const drawn = useDrawn(closures.data, draft);
  const leave = (to: Back): void => {
    setBack(to);
    setDraft(null);
    setLook(null);
  };
  return (
    <div className="beside-map">
      <div className="beside-map__map">
        {draft ? (
          <CityMap
            pin={placeOf(draft)}
            look={look}
            onPlace={(point) => setDraft(withPlace(draft, clicked(point)))}
          >
            <ClosureLayer closures={drawn} />
          </CityMap>
        ) : (
          <CityMap pin={chosen}>
            <ClosureLayer closures={drawn} />
            {chosen && <FitBox box={boxAround(chosen)} />}
          </CityMap>
        )}
      </div>
      <div className="beside-map__side">
        <div className="page__head">
          <h1>{t('place.closures')}</h1>
          <p className="soft">{t('closures.about')}</p>
        </div>
        {draft ? (
          <ClosureForm
            draft={draft}
            onDraft={setDraft}
            onPlace={(spot) => {
              setDraft(withPlace(draft, spot));
              setLook(spot);
            }}
            onLeave={() => leave('enter')}
            onEntered={(id) => {
              setAsked({ closure: id }, { replace: true });
              leave('chosen');
            }}
          />
        ) : (
          <ClosureList
            closures={closures}
            chosenId={chosen?.id ?? null}
            back={back}
            onEnter={() => setDraft(BLANK)}
          />
        )}
      </div>
    </div>
  );
}
