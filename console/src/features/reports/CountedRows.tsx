import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useCountedRows, type PeriodAsked, type PeriodFigure } from '../../api/periodReport';
import { useItemName, useKindName } from '../../api/reference';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { When } from '../../ui/When';
import { useAbout, written } from './FigureTable';

interface Props {
  asked: PeriodAsked;
  figure: PeriodFigure;
  onClose: () => void;
}

/** The incidents or cases that one figure counts. */
export function CountedRows({ asked, figure, onClose }: Props) {
  const { t } = useTranslation();
  const rows = useCountedRows(asked, figure);
  const kindName = useKindName();
  const itemName = useItemName();
  const about = useAbout();
  const what = t(`reports.code.${figure.code}`, { defaultValue: figure.code });
  const close = (
    <Button icon look="quiet" aria-label={t('reports.close_rows')} onPress={onClose}>
      <X size={16} aria-hidden />
    </Button>
  );
  return (
    <Panel
      title={[about(figure), what, written(figure)].filter(Boolean).join(' · ')}
      tools={close}
      className="reports__rows"
    >
      <Loaded query={rows} skeletonRows={4}>
        {(data) => (
          <>
            <ul>
              {data.rows.map((row) => (
                <li key={row.id}>
                  <Link to={`/${row.kind === 'CASE' ? 'cases' : 'incidents'}/${row.id}`}>
                    {row.number}
                  </Link>{' '}
                  {row.kind === 'CASE' ? itemName(row.about) : kindName(row.about)}{' '}
                  <span className="soft">
                    <When at={row.at} />
                  </span>
                </li>
              ))}
            </ul>
            {data.cut && <p className="soft">{t('reports.cut', { count: data.rows.length })}</p>}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
