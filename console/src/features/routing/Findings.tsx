import { Check, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useRoutingFindings, type RoutingFinding, type WholeTable } from '../../api/routing';
import { Panel } from '../../ui/Panel';
import { useRoutingWords } from '../../ui/routingWords';
import { Loaded } from '../../ui/states';

/** One finding in words, with a case that shows it. */
function Line({ finding }: { finding: RoutingFinding }) {
  const { t } = useTranslation();
  const words = useRoutingWords();
  const rows = finding.rows.join(', ');
  const by = finding.by.join(', ');
  const names = finding.names.map(words.holder);
  const told =
    finding.kind === 'CYCLE' ? [...names, names[0]].join(' → ') : finding.names.map(nameIn).join(', ');
  function nameIn(name: string): string {
    return /^\d{15}$/.test(name) ? words.area(Number(name)) : words.holder(name);
  }
  const key = finding.kind === 'SHADOWED' && by === '' ? 'NEVER' : finding.kind;
  return (
    <li className="routing-finding">
      <span className={`chip ${finding.forbids ? 'chip--bad' : 'chip--warn'}`}>
        <TriangleAlert size={12} aria-hidden /> {t(`routing.finding.${finding.kind}`)}
      </span>
      <span>{t(`routing.finding_text.${key}`, { rows, by, names: told })}</span>
      {finding.example && (
        <span className="soft">
          {t('routing.example')} {words.matter(finding.example)}
        </span>
      )}
    </li>
  );
}

/** What is wrong with a table, for all cases there can be. */
export function Findings({ table }: { table: WholeTable }) {
  const { t } = useTranslation();
  const found = useRoutingFindings(table.id, table.revision);
  return (
    <Panel title={t('routing.findings')} count={found.data?.findings.length}>
      <Loaded query={found} skeletonRows={3}>
        {({ findings, cells }) => (
          <div className="stack">
            {findings.length === 0 && (
              <p className="routing-fine">
                <Check size={14} aria-hidden /> {t('routing.in_order')}
              </p>
            )}
            <ul>
              {findings.map((finding) => (
                <Line key={JSON.stringify(finding)} finding={finding} />
              ))}
            </ul>
            <p className="soft">{t('routing.cells', { count: cells })}</p>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
