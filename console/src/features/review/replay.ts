/** What a replay shows at a moment: pure reckoning over what the server told. */
import type { Playback } from '../../api/review';
import type { IncidentPhase } from '../../api/types';
import type { MapIncident, MapUnit } from '../../map/features';

export const SPEEDS = [1, 10, 60, 300] as const;
export type Speed = (typeof SPEEDS)[number];

export interface ReplayUnit extends MapUnit {
  /** Where it stands is known: at the scene, or its one last position. */
  isPlaced: boolean;
  incidentNumber: string;
}

export interface Moment {
  incidents: (MapIncident & { number: string; phase: IncidentPhase; place_text: string })[];
  units: ReplayUnit[];
  /** How many of the entries have happened. */
  entries: number;
}

function before<T extends { at: string }>(rows: readonly T[], at_ms: number): T[] {
  return rows.filter((row) => Date.parse(row.at) <= at_ms);
}

type Placed = { lon: number | null; lat: number | null } | undefined;

/** A unit on the map where its place is known; elsewhere it is only told of. */
function shown(unit: Playback['units'][number], status: ReplayUnit['status'], place: Placed): ReplayUnit {
  const { lon, lat } = place ?? { lon: null, lat: null };
  return {
    id: unit.unit_id,
    kind: unit.unit_kind,
    call_sign: unit.call_sign,
    status,
    lon,
    lat,
    station_lon: lon ?? 0,
    station_lat: lat ?? 0,
    positioned_at: null,
    position_stale_after_s: 0,
    isPlaced: lon !== null,
    incidentNumber: unit.incident_number,
  };
}

/** The units at work at a moment: the last that was told of each, while its job was not over. */
function unitsAt(playback: Playback, at_ms: number): ReplayUnit[] {
  const last = new Map(before(playback.units, at_ms).map((unit) => [unit.unit_id, unit]));
  const seen = new Map(before(playback.last_seen, at_ms).map((one) => [one.unit_id, one]));
  return [...last.values()].flatMap((unit) => {
    if (unit.state === null) return [];
    return [shown(unit, unit.state, unit.lon === null ? seen.get(unit.unit_id) : unit)];
  });
}

/** All that a replay shows at a moment. Incidents appear when they are received and stay. */
export function momentAt(playback: Playback, at_ms: number): Moment {
  const incidents = playback.incidents.flatMap(({ phases, ...incident }) => {
    const now = before(phases, at_ms).at(-1);
    if (now === undefined) return [];
    return [{ ...incident, priority: now.priority, phase: now.phase as IncidentPhase }];
  });
  return {
    incidents,
    units: unitsAt(playback, at_ms),
    entries: before(playback.entries, at_ms).length,
  };
}

/** Where the playing stands after some time at a speed; it stops at the end. */
export function advanced(at_ms: number, passed_ms: number, speed: Speed, end_ms: number): number {
  return Math.min(end_ms, at_ms + passed_ms * speed);
}

/** A step of the slider: a hundredth of the stretch, a second at least. */
export function stepOf(playback: Playback): number {
  const whole_ms = Date.parse(playback.until) - Date.parse(playback.since);
  return Math.max(1_000, Math.round(whole_ms / 100_000) * 1_000);
}
