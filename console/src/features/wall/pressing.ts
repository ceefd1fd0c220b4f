/** Which clocks press most. */
import type { IncidentRow, RunningClock } from '../../api/types';
import { readOne } from '../../ui/clock';

interface Pressing {
  incident: IncidentRow;
  clock: RunningClock;
}

interface Sum {
  running: Pressing[];
  /** How many are over their limit, and how many are near it. */
  over: number;
  near: number;
}

/** The clocks of open incidents that still run, the first that is or was due first. */
export function pressing(incidents: readonly IncidentRow[], now_ms: number): Sum {
  const running = incidents
    .flatMap((incident) => incident.clocks.map((clock) => ({ incident, clock })))
    .filter(({ clock }) => clock.ended_at === null)
    .sort((a, b) => Date.parse(a.clock.due_at) - Date.parse(b.clock.due_at));
  const states = running.map(({ clock }) => readOne(clock, now_ms).state);
  return {
    running,
    over: states.filter((state) => state === 'breached').length,
    near: states.filter((state) => state === 'warning').length,
  };
}
