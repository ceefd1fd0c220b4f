/** The crew's own position, told while it is on duty and wants to tell it. */
import { useEffect, useState } from 'react';

import { api } from './client';
import { asProblem, bodyOf, type Problem } from './problem';
import { serverNow } from './serverClock';
import { newKey } from './write';

/** A position is told at most this often. */
const TELL_EVERY_MS = 5_000;
/** A fix older than this is not told. */
const OLDEST_FIX_MS = 10_000;

export type PositionState = 'off' | 'waiting' | 'telling' | 'denied' | 'failed';

async function tell(unitId: string, { coords }: GeolocationPosition): Promise<void> {
  const at = new Date(serverNow()).toISOString();
  const position = { unit_id: unitId, lon: coords.longitude, lat: coords.latitude, at };
  bodyOf(
    await api.POST('/api/v1/unit-positions', {
      headers: { 'Idempotency-Key': newKey() },
      body: { positions: [position] },
    }),
  );
}

/** Tell the server where this device is for as long as `isOn`; nothing is kept on the device. */
export function usePositionTelling(unitId: string, isOn: boolean): PositionState {
  const [state, setState] = useState<PositionState>('waiting');
  useEffect(() => {
    if (!isOn) return;
    let told_ms = -Infinity;
    const watch = navigator.geolocation.watchPosition(
      (fix) => {
        if (performance.now() - told_ms < TELL_EVERY_MS) return;
        told_ms = performance.now();
        tell(unitId, fix).then(
          () => setState('telling'),
          (error: unknown) => setState(stateOf(asProblem(error))),
        );
      },
      (error) => setState(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, maximumAge: OLDEST_FIX_MS },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, [unitId, isOn]);
  return isOn ? state : 'off';
}

function stateOf(problem: Problem): PositionState {
  return problem.status === 403 ? 'denied' : 'failed';
}
