import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { connectLive } from '../api/live';
import { useMe } from '../api/session';
import { WallPage } from '../features/wall/WallPage';
import { Boundary } from '../ui/Boundary';
import { Alerts } from './Alerts';
import { startOf } from './places';
import { useTitle } from './title';

/** The wall without the frame of the other screens: the page is its own, but for what is new or late. */
export function WallScreen() {
  const cache = useQueryClient();
  const me = useMe();
  useTitle();
  useEffect(() => connectLive(cache), [cache]);
  return (
    <Boundary>
      <WallPage back={startOf(me.role)} />
      <div className="corner">
        <Alerts />
      </div>
    </Boundary>
  );
}
