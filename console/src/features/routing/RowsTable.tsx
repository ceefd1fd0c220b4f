import { Copy, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { RoutingFinding, RoutingRow } from '../../api/routing';
import { Button } from '../../ui/Button';
import { useRoutingWords } from '../../ui/routingWords';

const COLUMNS = ['number', 'level', 'items', 'place', 'time', 'source', 'to', 'findings'] as const;

interface Props {
  rows: readonly RoutingRow[];
  findings: readonly RoutingFinding[];
  mayChange: boolean;
  onEdit: (row: RoutingRow) => void;
  onCopy: (row: RoutingRow) => void;
  onRemove: (row: RoutingRow) => void;
}

/** Words of a condition, or what it means that it is empty. */
function Said({ words, empty }: { words: readonly string[]; empty: string }) {
  const said = words.filter((one) => one !== '');
  if (said.length === 0) return <span className="soft">{empty}</span>;
  return <>{said.join(' · ')}</>;
}

function RowFindings({ row, findings }: { row: RoutingRow; findings: readonly RoutingFinding[] }) {
  const { t } = useTranslation();
  const about = findings.filter((one) => one.rows.includes(row.number));
  const kinds = [...new Set(about.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const forbids = about.some((one) => one.kind === kind && one.forbids);
    return (
      <span key={kind} className={`chip ${forbids ? 'chip--bad' : 'chip--warn'}`}>
        <TriangleAlert size={12} aria-hidden /> {t(`routing.finding.${kind}`)}
      </span>
    );
  });
}

/** The rows of a table by level, with what was found beside each. Arrow keys walk, Enter edits. */
export function RowsTable({ rows, findings, mayChange, onEdit, onCopy, onRemove }: Props) {
  const { t } = useTranslation();
  const words = useRoutingWords();
  return (
    <Table
      aria-label={t('routing.rows')}
      className="routing-rows"
      onRowAction={(number) => {
        const row = rows.find((one) => one.number === Number(number));
        if (row && mayChange) onEdit(row);
      }}
    >
      <TableHeader>
        {COLUMNS.map((name) => (
          <Column key={name} id={name} isRowHeader={name === 'number'}>
            {t(`routing.column.${name}`)}
          </Column>
        ))}
        <Column id="tools">
          <span className="routing-rows__quiet">{t('routing.column.tools')}</span>
        </Column>
      </TableHeader>
      <TableBody items={rows.map((row) => ({ ...row, id: row.number }))} dependencies={[words, findings, mayChange, rows]}>
        {(row) => (
          <Row id={row.number} textValue={t('routing.row', { number: row.number })}>
            <Cell data-name={t('routing.column.number')} className="figures">{row.number}</Cell>
            <Cell data-name={t('routing.column.level')} className="figures">{row.level}</Cell>
            <Cell data-name={t('routing.column.items')}>
              <Said words={row.items.map(words.item)} empty={t('routing.any_item')} />
            </Cell>
            <Cell data-name={t('routing.column.place')}>
              <Said
                words={[...row.areas.map(words.area), ...row.sites.map(words.site)]}
                empty={t('routing.any_area')}
              />
            </Cell>
            <Cell data-name={t('routing.column.time')}>
              <Said words={[words.time(row)]} empty={t('routing.always')} />
            </Cell>
            <Cell data-name={t('routing.column.source')}>
              <Said words={row.sources.map(words.source)} empty={t('routing.any_source')} />
            </Cell>
            <Cell data-name={t('routing.column.to')}>
              {row.held_by !== null && (
                <span className="soft">{words.holder(row.held_by)} → </span>
              )}
              <strong>{words.holder(row.to)}</strong>
              {row.note !== '' && <span className="routing-rows__note soft">{row.note}</span>}
            </Cell>
            <Cell>
              <RowFindings row={row} findings={findings} />
            </Cell>
            <Cell className="routing-rows__tools">
              {mayChange && (
                <>
                  <Button
                    icon
                    look="quiet"
                    aria-label={t('routing.edit', { number: row.number })}
                    onPress={() => onEdit(row)}
                  >
                    <Pencil size={14} aria-hidden />
                  </Button>
                  <Button
                    icon
                    look="quiet"
                    aria-label={t('routing.copy', { number: row.number })}
                    onPress={() => onCopy(row)}
                  >
                    <Copy size={14} aria-hidden />
                  </Button>
                  <Button
                    icon
                    look="quiet"
                    aria-label={t('routing.remove', { number: row.number })}
                    onPress={() => onRemove(row)}
                  >
                    <Trash2 size={14} aria-hidden />
                  </Button>
                </>
              )}
            </Cell>
          </Row>
        )}
      </TableBody>
    </Table>
  );
}
