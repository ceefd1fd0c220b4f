/** Whether a choice of units departs from what was recommended. */
import type { Recommendation } from '../../api/types';

/** The units that the server suggests: the fastest for each thing that is needed. */
export function suggestedOf({ units }: Recommendation): string[] {
  return units.filter(({ suggested }) => suggested).map(({ unit_id }) => unit_id);
}

/** Whether the choice leaves out a suggested unit. Sending more than suggested is no departure. */
export function departs(recommendation: Recommendation, chosen: ReadonlySet<string>): boolean {
  return chosen.size > 0 && suggestedOf(recommendation).some((id) => !chosen.has(id));
}
