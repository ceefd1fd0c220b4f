import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { proofOf, saidBy, useAuditEntries, type AuditEntry, type EntriesAsked } from '../../api/audit';
import { asProblem, type Problem } from '../../api/problem';
import { Button } from '../../ui/Button';
import '../../ui/figures.css';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Empty, ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const said = saidBy(entry);
  return (
    <tr>
      <td className="figures" data-label={t('audit.number')}>
        {entry.number}
      </td>
      <td data-label={t('audit.at')}>
        <When at={said.at} />
      </td>
      <td data-label={t('audit.verb')}>{t(`audit_verb.${said.verb}`)}</td>
      <td data-label={t('audit.table')}>{said.table}</td>
      <td className="figures" data-label={t('audit.row')}>
        {said.row}
      </td>
      <td data-label={t('audit.actor')}>{said.actor}</td>
      <td data-label={t('audit.purpose')}>{said.purpose}</td>
    </tr>
  );
}

/** Save what a browser holds under a name. */
function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

/** The proof for the row that was asked for, to be kept and checked without this system. */
function Proof({ asked }: { asked: EntriesAsked }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Problem | null>(null);
  const fetchProof = async (): Promise<void> => {
    try {
      save(await proofOf(asked), `proof-${asked.table}-${asked.row}.json`);
      setProblem(null);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <>
      <Button onPress={() => void fetchProof()}>
        <Download size={16} aria-hidden />
        {t('audit.proof')}
      </Button>
      <ProblemNote problem={problem} />
    </>
  );
}

/** What the log says, in its own order. */
export function Entries({ asked }: { asked: EntriesAsked }) {
  const { t } = useTranslation();
  const entries = useAuditEntries(asked);
  const name = asked.table === '' ? t('audit.all') : asked.table;
  return (
    <Panel
      title={t('audit.entries', { name })}
      flush
      tools={asked.row !== '' && <Proof asked={asked} />}
    >
      <Rows query={entries} empty={<Empty title={t('audit.none')} text={t('audit.none_text')} />}>
        {(rows) => (
          <div className="figures-table" role="group" aria-label={t('audit.entries', { name })} tabIndex={0}>
            <table className="table table--cards">
              <thead>
                <tr>
                  <th scope="col">{t('audit.number')}</th>
                  <th scope="col">{t('audit.at')}</th>
                  <th scope="col">{t('audit.verb')}</th>
                  <th scope="col">{t('audit.table')}</th>
                  <th scope="col">{t('audit.row')}</th>
                  <th scope="col">{t('audit.actor')}</th>
                  <th scope="col">{t('audit.purpose')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((entry) => (
                  <Entry key={entry.number} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Rows>
    </Panel>
  );
}
