import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Evaluation, EvaluationFigure, MeasureText } from '../../api/evaluation';
import { nameOf } from '../../api/reference';
import { Button } from '../../ui/Button';
import { percent } from '../../ui/FiguresTable';
import { AppealBox } from './AppealBox';

const FIGURES = ['counted', 'share', 'usual', 'adjusted'] as const;

interface Props {
  evaluation: Evaluation;
  measure: MeasureText;
  figures: readonly EvaluationFigure[];
  onOpen: (organisationId: string) => void;
}

/** What would be usual for an organisation with its cases. */
function usualShare({ expected, cases }: EvaluationFigure): number | null {
  return expected === null || !cases ? null : expected / cases;
}

/** One figure of a row; on a phone its name stands before it. */
function Figure({ name, children }: { name: (typeof FIGURES)[number]; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <td className="table__figure figures" data-label={t(`evaluation.${name}`)}>
      <span>{children}</span>
    </td>
  );
}

function Row({ evaluation, measure, figure, onOpen }: Omit<Props, 'figures'> & { figure: EvaluationFigure }) {
  const { t } = useTranslation();
  const isOwn = figure.organisation_id === evaluation.organisation_id;
  const mayOpen = isOwn || evaluation.may_compare;
  const name = nameOf(figure);
  const isAside = figure.standing === 'SET_ASIDE';
  return (
    <tr>
      <th scope="row">{name}</th>
      <Figure name="counted">
        {figure.is_hidden ? t('evaluation.hidden') : `${figure.hits} / ${figure.cases}`}
      </Figure>
      <Figure name="share">{percent(figure.rate)}</Figure>
      <Figure name="usual">{percent(usualShare(figure))}</Figure>
      <Figure name="adjusted">
        {percent(figure.adjusted)}
        {figure.low !== null && (
          <>
            <br />
            <span className="soft">
              {percent(figure.low)} – {percent(figure.high)}
            </span>
          </>
        )}
      </Figure>
      <td data-label={t('evaluation.standing')}>
        <span className={`standing standing--${figure.standing}`}>
          {t(`standing.${figure.standing}`)}
        </span>
      </td>
      <td>
        <div className="line-up">
          {mayOpen && (
            <Button
              aria-label={t('evaluation.open_cases', { name })}
              onPress={() => onOpen(figure.organisation_id)}
            >
              {t('evaluation.cases')}
            </Button>
          )}
          {isOwn && evaluation.may_appeal && !isAside && (
            <AppealBox evaluationId={evaluation.id} measure={measure} caseId={null} />
          )}
        </div>
      </td>
    </tr>
  );
}

/** The figures of one measure as a table, in the order of the names: nobody is ranked. */
export function FiguresOfMeasure({ evaluation, measure, figures, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <div className="figures-table" role="group" aria-label={nameOf(measure)} tabIndex={0}>
      <table className="table table--cards">
        <thead>
          <tr>
            <th scope="col">{t('evaluation.organisation')}</th>
            {FIGURES.map((name) => (
              <th key={name} scope="col" className="table__figure">
                {t(`evaluation.${name}`)}
              </th>
            ))}
            <th scope="col">{t('evaluation.standing')}</th>
            <th scope="col">{t('evaluation.more')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <Row
              key={figure.organisation_id}
              evaluation={evaluation}
              measure={measure}
              figure={figure}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
