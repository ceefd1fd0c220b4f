import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import {
  useChangeRouting,
  useRoutingFindings,
  useRoutingTable,
  wholeRow,
  type RoutingRow,
  type WholeTable,
} from '../../api/routing';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { DESK } from '../../ui/routingWords';
import { Loaded, ProblemNote } from '../../ui/states';
import { BackLink } from '../../ui/SubjectPage';
import { When } from '../../ui/When';
import { Findings } from './Findings';
import { Heading } from './Heading';
import { ReplayPanel } from './ReplayPanel';
import { RowDialog } from './RowDialog';
import { RowsTable } from './RowsTable';
import './routing.css';

function nextNumber(rows: readonly RoutingRow[]): number {
  return Math.max(0, ...rows.map(({ number }) => number)) + 1;
}

function History({ table }: { table: WholeTable }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('routing.history')} count={table.steps.length}>
      <ul className="routing-history">
        {table.steps.toReversed().map((step) => (
          <li key={`${step.made_at} ${step.move}`}>
            {t(`routing.step.${step.move}`, { defaultValue: step.move })}{' '}
            <span className="soft">
              {step.made_by_name} · <When at={step.made_at} />
            </span>
            {step.facts['reason'] !== undefined && <p className="soft">{step.facts['reason']}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Body({ table }: { table: WholeTable }) {
  const { t } = useTranslation();
  const change = useChangeRouting();
  const findings = useRoutingFindings(table.id, table.revision).data?.findings ?? [];
  const [edited, setEdited] = useState<RoutingRow | null>(null);
  const save = (rows: readonly RoutingRow[], done?: () => void): void =>
    change.mutate({ table, rows }, { onSuccess: () => done?.() });
  const put = (row: RoutingRow): void => {
    const others = table.rows.filter(({ number }) => number !== row.number);
    save([...others, row], () => setEdited(null));
  };
  return (
    <div className="page routing">
      <div className="page__head">
        <BackLink to="/routing" label={t('routing.back')} />
        <Heading table={table} />
      </div>
      {edited === null && <ProblemNote problem={change.error} />}
      <div className="routing__parts">
        <Panel
          title={t('routing.rows')}
          count={table.rows.length}
          flush
          className="routing__rows"
          tools={
            table.may_change && (
              <Button onPress={() => setEdited(wholeRow({ number: nextNumber(table.rows), to: DESK }))}>
                <Plus size={14} aria-hidden /> {t('routing.add')}
              </Button>
            )
          }
        >
          <RowsTable
            rows={table.rows}
            findings={findings}
            mayChange={table.may_change}
            onEdit={setEdited}
            onCopy={(row) => setEdited({ ...row, number: nextNumber(table.rows) })}
            onRemove={(row) => save(table.rows.filter(({ number }) => number !== row.number))}
          />
        </Panel>
        <div className="routing__beside">
          <Findings table={table} />
          <ReplayPanel table={table} />
          <History table={table} />
        </div>
      </div>
      {edited !== null && (
        <RowDialog
          key={edited.number}
          row={edited}
          problem={change.error}
          isPending={change.isPending}
          onSave={put}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

/** One routing table: its rows with what was found beside them, tried on past cases, published. */
export function TablePage() {
  const { id = '' } = useParams();
  const found = useRoutingTable(id);
  return (
    <Loaded whole query={found} skeletonRows={12}>
      {(table) => <Body key={table.id} table={table} />}
    </Loaded>
  );
}
