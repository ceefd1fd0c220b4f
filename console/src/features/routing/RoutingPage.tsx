import { useTranslation } from 'react-i18next';
import { GridList, GridListItem } from 'react-aria-components';
import { useNavigate } from 'react-router';

import { useBeginRouting, useRoutingTables } from '../../api/routing';
import { useMay } from '../../api/session';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Empty, ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';
import { StateChip } from './StateChip';
import './routing.css';

/** The routing tables: the one in force, drafts, and what held before. */
export function RoutingPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const tables = useRoutingTables();
  const begin = useBeginRouting();
  const mayWrite = useMay('routing.write');
  const open = (id: string): void => void navigate(`/routing/${id}`);
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.routing')}</h1>
        <p className="soft">{t('routing.text')}</p>
        {mayWrite && (
          <Button
            look="main"
            isDisabled={begin.isPending}
            onPress={() => begin.mutate(null, { onSuccess: ({ id }) => open(id) })}
          >
            {t('routing.begin')}
          </Button>
        )}
      </div>
      <ProblemNote problem={begin.error} />
      <Panel title={t('routing.tables')} count={tables.data?.length} flush>
        <Rows
          query={tables}
          empty={
            <Empty
              title={t('routing.none')}
              text={t('routing.none_text')}
              steps={
                mayWrite
                  ? null
                  : [{ may: 'case.assign', to: '/cases?state=FILED', text: t('step.assign_cases') }]
              }
            />
          }
        >
          {(rows) => (
            <GridList
              aria-label={t('routing.tables')}
              items={rows}
              dependencies={[i18n.language, rows]}
              onAction={(id) => open(String(id))}
            >
              {(row) => (
                <GridListItem
                  className="routing-table"
                  textValue={row.title || t('routing.untitled')}
                >
                  <strong>{row.title || t('routing.untitled')}</strong>
                  <StateChip table={row} />
                  <span className="soft figures">
                    {t('routing.from_day', { day: row.valid_from })}
                  </span>
                  <span className="soft">{t('routing.size', { count: row.size })}</span>
                  <span className="soft">
                    <When at={row.changed_at} />
                  </span>
                </GridListItem>
              )}
            </GridList>
          )}
        </Rows>
      </Panel>
    </div>
  );
}
