import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useWall } from '../../api/figures';
import { nameOf } from '../../api/reference';
import { useMe } from '../../api/session';
import { Loaded } from '../../ui/states';
import { useDarkRoom } from '../../ui/theme';
import { keepWall } from './kept';
import { MODULES, type ModuleName } from './modules';
import { useRotation } from './rotation';
import { Spotlight } from './Spotlight';
import { Tile } from './Tile';
import { WallHead } from './WallHead';
import './wall.css';

/** The centre's wall: eight modules on one page, each in turn closer up, readable across the room. */
export function WallPage({ back }: { back: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const wall = useWall();
  const { place, turning, show, toggle, hold } = useRotation(MODULES.length);
  const [defined, setDefined] = useState<ModuleName | null>(null);
  const name = MODULES[place] ?? 'city';
  useDarkRoom();
  useEffect(keepWall, []);
  return (
    <main className="wall" id="screen" onPointerMove={hold} onKeyDown={hold}>
      <WallHead
        back={back}
        where={`${nameOf(me.organisation)} · ${t('place.wall')}`}
        at={wall.data?.at ?? null}
        turning={turning}
        onTurn={toggle}
        onStep={(by) => show(place + by)}
      />
      <Loaded query={wall}>
        {(data) => (
          <div className="wall__board">
            <Spotlight
              name={name}
              wall={data}
              defined={defined === name}
              onDefine={() => setDefined((before) => (before === name ? null : name))}
            />
            <ul className="wall__tiles" aria-label={t('place.wall')}>
              {MODULES.map((one, ordinal) => (
                <Tile
                  key={one}
                  name={one}
                  wall={data}
                  chosen={one === name}
                  onLook={() => show(ordinal)}
                  onDefine={() => {
                    show(ordinal);
                    setDefined(one);
                  }}
                />
              ))}
            </ul>
          </div>
        )}
      </Loaded>
    </main>
  );
}
