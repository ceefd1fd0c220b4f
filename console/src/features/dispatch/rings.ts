/** Which units of a recommendation stand in the ring that is asked. */
import type { Escalation, RankedUnit } from '../../api/types';

type Rings = Escalation['rings'];

/** The units of a level's own ring: farther than the ring before it, not beyond its own. */
export function unitsOfRing(
  units: readonly RankedUnit[],
  rings: Rings,
  level: number,
): RankedUnit[] {
  const inner_s = level === 0 ? -1 : (rings[level - 1]?.within_s ?? Infinity);
  const outer_s = rings[level]?.within_s ?? Infinity;
  const own = units.filter(({ travel_s }) => travel_s > inner_s && travel_s <= outer_s);
  // With nobody in the ring itself, whoever is nearer and still free is offered.
  return own.length > 0 ? own : units.filter(({ travel_s }) => travel_s <= outer_s);
}
