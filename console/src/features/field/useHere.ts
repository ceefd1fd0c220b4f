import { useEffect, useState } from 'react';

import type { Point } from './ground';

const WAIT_MS = 20_000;
/** A fix of up to this age still says where one stands. */
const OLDEST_FIX_MS = 15_000;

export interface Here {
  state: 'off' | 'finding' | 'found' | 'denied' | 'failed';
  point: Point | null;
  /** Metres by which the point may be off. */
  within_m: number;
}

const OFF: Here = { state: 'off', point: null, within_m: 0 };
const FINDING: Here = { ...OFF, state: 'finding' };

/** Where this device is, asked once while wanted. It stays on the device until something is reported there. */
export function useHere(isWanted: boolean): Here {
  const [here, setHere] = useState<Here>(FINDING);
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (isOver) return;
        const point = { lon: coords.longitude, lat: coords.latitude };
        setHere({ state: 'found', point, within_m: Math.round(coords.accuracy) });
      },
      (error) => {
        if (isOver) return;
        const isDenied = error.code === error.PERMISSION_DENIED;
        setHere({ ...OFF, state: isDenied ? 'denied' : 'failed' });
      },
      { enableHighAccuracy: true, maximumAge: OLDEST_FIX_MS, timeout: WAIT_MS },
    );
    return () => {
      isOver = true;
    };
  }, [isWanted]);
  return isWanted ? here : OFF;
}
