import { useTranslation } from 'react-i18next';

import type { PeriodFigure } from '../../api/periodReport';
import { nameOf, useOrganisationName } from '../../api/reference';
import { Button } from '../../ui/Button';
import { percent, span } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';

const WRITERS: Record<PeriodFigure['unit'], (value: number | null) => string> = {
  COUNT: (value) => (value === null ? '–' : String(value)),
  SECONDS: span,
  SHARE: percent,
};

/** A figure as it is written. */
export function written({ unit, value }: PeriodFigure): string {
  return WRITERS[unit](value);
}

/** What a figure is about: an hour, an area, a clock, an organisation. */
export function useAbout(): (figure: PeriodFigure) => string {
  const { t } = useTranslation();
  const organisation = useOrganisationName();
  return (figure) => {
    if (figure.key === 'FEW') return t('reports.few');
    if (figure.part === 'demand_hour') return `${figure.key}:00`;
    return nameOf(figure) || organisation(figure.key) || figure.key || t('reports.whole_area');
  };
}

interface Props {
  title: string;
  figures: readonly PeriodFigure[];
  /** Whether the reader may see the rows behind them. */
  open: boolean;
  onOpen: (figure: PeriodFigure) => void;
}

/** The figures of one part of the report; each opens the rows it counts. */
export function FigureTable({ title, figures, open, onOpen }: Props) {
  const { t } = useTranslation();
  const about = useAbout();
  return (
    <Panel title={title} flush>
      <div className="figures-table" role="group" aria-label={title} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('reports.about')}</th>
              <th scope="col">{t('reports.what')}</th>
              <th scope="col" className="table__figure">{t('reports.value')}</th>
              <th scope="col" className="table__figure">{t('reports.interval')}</th>
              <th scope="col" className="table__figure">{t('figures.n')}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((one) => (
              <tr key={`${one.code} ${one.key}`}>
                <th scope="row">{about(one)}</th>
                <td>{t(`reports.code.${one.code}`, { defaultValue: one.code })}</td>
                <td className="table__figure figures">
                  {open && one.value !== null && one.value > 0 && one.key !== 'FEW' ? (
                    <Button look="quiet" onPress={() => onOpen(one)}>
                      {written(one)}
                    </Button>
                  ) : (
                    written(one)
                  )}
                </td>
                <td className="table__figure figures">
                  {one.low === null && one.high === null
                    ? ''
                    : `${WRITERS[one.unit](one.low)} – ${WRITERS[one.unit](one.high)}`}
                </td>
                <td className="table__figure figures">{one.n ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
