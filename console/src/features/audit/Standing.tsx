import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useAuditStanding, type AuditStanding, type AuditWitness } from '../../api/audit';
import { useServerNow } from '../../api/serverClock';
import '../../ui/deals.css';
import { Panel } from '../../ui/Panel';
import { Empty, Loaded } from '../../ui/states';
import { When } from '../../ui/When';
import './audit.css';

/** The log is to be sealed once a minute at the latest. */
const SEALED_WITHIN_MS = 60_000;

function Mark({ good, text }: { good: boolean; text: string }) {
  const Picture = good ? CircleCheck : CircleAlert;
  return (
    <p className={good ? 'note note--good' : 'note note--bad'}>
      <Picture size={16} aria-hidden />
      <span className="note__text">{text}</span>
    </p>
  );
}

function Sealed({ standing }: { standing: AuditStanding }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  const since = standing.waiting_since;
  const isLate = since !== null && now_ms - Date.parse(since) > SEALED_WITHIN_MS;
  return (
    <>
      <Mark good={!isLate} text={t(isLate ? 'audit.late' : 'audit.in_time', { count: standing.waiting })} />
      <p className="figures">
        {t('audit.size', { count: standing.size })}
        {standing.sealed_at !== null && (
          <>
            {' · '}
            {t('audit.sealed_at')} <When at={standing.sealed_at} />
          </>
        )}
      </p>
    </>
  );
}

function Witness({ witness }: { witness: AuditWitness }) {
  const { t } = useTranslation();
  return (
    <li className="deal">
      <span className="deal__head">
        <strong>{witness.name}</strong>
        {witness.cosigned_at !== null && (
          <span className="soft">
            {t('audit.cosigned_at')} <When at={witness.cosigned_at} />
          </span>
        )}
      </span>
      <Mark
        good={witness.behind === 0}
        text={witness.behind === 0 ? t('audit.cosigned') : t('audit.behind', { count: witness.behind })}
      />
      {witness.wrong !== '' && <span className="soft">{witness.wrong}</span>}
    </li>
  );
}

/** How far the log is sealed, who cosigned it, and the checkpoint itself to be compared elsewhere. */
export function Standing() {
  const { t } = useTranslation();
  const standing = useAuditStanding();
  return (
    <Panel title={t('audit.standing')}>
      <Loaded query={standing} skeletonRows={3}>
        {(found) => (
          <>
            <Sealed standing={found} />
            {found.witnesses.length === 0 ? (
              <Empty title={t('audit.no_witness')} text={t('audit.no_witness_text')} />
            ) : (
              <ul className="stack">
                {found.witnesses.map((witness) => (
                  <Witness key={witness.name} witness={witness} />
                ))}
              </ul>
            )}
            {found.note !== '' && (
              <details>
                <summary>{t('audit.checkpoint')}</summary>
                <pre className="checkpoint" tabIndex={0}>
                  {found.note}
                </pre>
              </details>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
