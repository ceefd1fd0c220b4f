/** A posture while it is written: how stands are added, changed and taken away. */
import type { Posture, Stand } from '../../api/postures';

export interface Draft {
  name: string;
  note: string;
  stands: Stand[];
  /** The version that is written on; none for a new posture. */
  seen: { id: string; version: number } | null;
}

const USUAL_KIND = 'PATROL_CAR';

export function draftOf({ id, version, name, note, stands }: Posture): Draft {
  return { name, note, stands: [...stands], seen: { id, version } };
}

/** One more stand: of the kind that was added last, one unit. */
export function withStand(
  draft: Draft,
  { lon, lat }: { lon: number; lat: number },
  name: string,
): Draft {
  const unit_kind = draft.stands.at(-1)?.unit_kind ?? USUAL_KIND;
  return { ...draft, stands: [...draft.stands, { unit_kind, name, lon, lat, count: 1 }] };
}

export function withChanged(draft: Draft, row: number, change: Partial<Stand>): Draft {
  const stands = draft.stands.map((one, at) => (at === row ? { ...one, ...change } : one));
  return { ...draft, stands };
}

export function without(draft: Draft, row: number): Draft {
  return { ...draft, stands: draft.stands.filter((_, at) => at !== row) };
}

export function unitsOf(stands: readonly Stand[]): number {
  return stands.reduce((sum, { count }) => sum + count, 0);
}
