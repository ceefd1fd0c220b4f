import { useTranslation } from 'react-i18next';

import type { EvaluationFigure, MeasureText } from '../../api/evaluation';
import { nameOf } from '../../api/reference';
import { FunnelPlot } from '../../ui/charts/FunnelPlot';
import { comparedOf } from './compared';

interface Props {
  measure: MeasureText;
  figures: readonly EvaluationFigure[];
  own: string | null;
}

/** Organisations beside one another; the table below says the same. */
export function FunnelOfMonth({ measure, figures, own }: Props) {
  const { t } = useTranslation();
  const entrants = comparedOf(figures, own, (standing) => t(`standing.${standing}`));
  if (measure.rate === null) return null;
  if (entrants.length === 0) return <p className="soft">{t('evaluation.nobody_compared')}</p>;
  return <FunnelPlot title={nameOf(measure)} entrants={entrants} usual={measure.rate} />;
}
