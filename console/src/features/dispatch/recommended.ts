/** Which of the recommended units are proposed, and whether a choice departs from them. */
import type { Recommendation } from '../../api/types';

/** The nearest units that together bring everything the incident needs; at least the first. */
export function bestOf({ units }: Recommendation, needs: readonly string[]): string[] {
  const missing = new Set(needs);
  const best: string[] = [];
  for (const unit of units) {
    const brings = unit.capabilities.filter((capability) => missing.has(capability));
    if (brings.length === 0 && best.length > 0) continue;
    best.push(unit.unit_id);
    brings.forEach((capability) => missing.delete(capability));
    if (missing.size === 0) break;
  }
  return best;
}

/** Whether the choice leaves out a unit that is proposed. */
export function departs(
  recommendation: Recommendation,
  needs: readonly string[],
  chosen: ReadonlySet<string>,
): boolean {
  return chosen.size > 0 && bestOf(recommendation, needs).some((id) => !chosen.has(id));
}
