/** The crew's own position, told while it is on duty and wants to tell it. */
import { useEffect, useState } from 'react';

import { asProblem, Problem } from './problem';
import { serverNow } from './serverClock';

/** A position is told at most this often. */
const TELL_EVERY_MS = 5_000;
/** A fix older than this is not told. */
const OLDEST_FIX_MS = 10_000;

export type PositionState = 'off' | 'waiting' | 'telling' | 'denied' | 'failed';

async function tell(unitId: string, { coords }: GeolocationPosition): Promise<void> {
  const at = new Date(serverNow()).toISOString();
  const position = { unit_id: unitId, lon: coords.longitude, lat: coords.latitude, at };
  const answer = await fetch('/ingest/positions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ positions: [position] }),
  });
  if (!answer.ok) throw new Problem({}, answer.status);
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
