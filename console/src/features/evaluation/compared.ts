/** Who of a month is held against the others, as the funnel plot draws them. */
import type { EvaluationFigure } from '../../api/evaluation';
import { nameOf } from '../../api/reference';
import type { Entrant } from '../../ui/charts/funnel';

const FLAGGED: readonly EvaluationFigure['standing'][] = ['BETTER', 'WORSE', 'UNUSUAL'];

/** Those with enough cases to be compared, and not hidden; `own` is the reader's organisation. */
export function comparedOf(
  figures: readonly EvaluationFigure[],
  own: string | null,
  standingName: (standing: EvaluationFigure['standing']) => string,
): Entrant[] {
  return figures.flatMap((figure) => {
    const { weight, adjusted, low, high, outer_low, outer_high } = figure;
    if (weight === null || adjusted === null) return [];
    if (low === null || high === null || outer_low === null || outer_high === null) return [];
    return [
      {
        key: figure.organisation_id,
        name: nameOf(figure),
        standing: standingName(figure.standing),
        isFlagged: FLAGGED.includes(figure.standing),
        isOwn: figure.organisation_id === own,
        weight,
        share: adjusted,
        limits: [outer_low, low, high, outer_high],
      },
    ];
  });
}
