import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useUnits } from '../../api/dispatch';
import { useMay } from '../../api/session';
import type { Unit, UnitStatus } from '../../api/types';
import { FirstRows } from '../../ui/FirstRows';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Segments } from '../../ui/Segments';
import { Empty } from '../../ui/states';
import { useFilter } from '../../ui/useFilter';
import { Views } from '../../ui/Views';
import { UnitCard } from './UnitCard';
import './units.css';

const COLUMNS: readonly UnitStatus[] = [
  'AVAILABLE',
  'ASSIGNED',
  'EN_ROUTE',
  'ON_SCENE',
  'OUT_OF_SERVICE',
  'OFF_DUTY',
];
/** Cards of one column at a time. */
const COLUMN_ROWS = 40;
const ALL = 'ALL';
const FILTERS = ['kind'];
const isText = (text: string): text is string => text !== '';

function Columns({ units }: { units: readonly Unit[] }) {
  const { t } = useTranslation();
  return (
    <div className="board">
      {COLUMNS.map((status) => {
        const rows = units
          .filter((unit) => unit.status === status)
          .sort((a, b) => a.call_sign.localeCompare(b.call_sign));
        return (
          <Panel
            key={status}
            className="board__column"
            title={t(`unit_status.${status}`)}
            count={rows.length}
            flush
          >
            {rows.length === 0 ? (
              <p className="board__none soft">{t('units.none_here')}</p>
            ) : (
              <FirstRows rows={rows} step={COLUMN_ROWS}>
                {(first) => (
                  <ul>
                    {first.map((unit) => (
                      <UnitCard key={unit.id} unit={unit} />
                    ))}
                  </ul>
                )}
              </FirstRows>
            )}
          </Panel>
        );
      })}
    </div>
  );
}

/** The unit board: who is free, who is where, how old each position is. */
export function UnitsPage() {
  const { t } = useTranslation();
  const units = useUnits();
  const mayRead = useMay('incident.read');
  const [kind, setKind] = useFilter('kind', ALL, isText);
  const kinds = useMemo(
    () => [...new Set(units.data?.map((unit) => unit.kind))].sort(),
    [units.data],
  );
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.units')}</h1>
        <Views screen="units" filters={FILTERS} />
        {mayRead && <Link to="/run-cards">{t('cards.title')}</Link>}
        <Segments
          label={t('units.by_kind')}
          value={kind}
          onChange={setKind}
          segments={[
            { value: ALL, text: t('units.all') },
            ...kinds.map((value) => ({
              value,
              text: t(`unit_kind.${value}`, { defaultValue: value }),
            })),
          ]}
        />
      </div>
      <Rows
        query={units}
        skeletonRows={10}
        empty={<Empty title={t('units.none')} text={t('units.none_text')} />}
      >
        {(rows) => (
          <Columns units={rows.filter((unit) => kind === ALL || unit.kind === kind)} />
        )}
      </Rows>
    </div>
  );
}
