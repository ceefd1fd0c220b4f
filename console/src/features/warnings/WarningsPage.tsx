import { useTranslation } from 'react-i18next';

import {
  useAlerts,
  useWarningMove,
  useWarnings,
  type PublicWarning,
  type ReceivedAlert,
} from '../../api/warnings';
import { useMay } from '../../api/session';
import { currentLanguage } from '../../i18n';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Empty, ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';
import '../../ui/deals.css';
import { DraftWarning } from './DraftWarning';

const LOOKS: Record<PublicWarning['state'], string> = {
  DRAFT: 'chip--warn',
  APPROVED: 'chip--accent chip--half',
  PUBLISHED: 'chip--bad',
  DISCARDED: 'chip--square',
  CANCELLED: 'chip--square',
  REPLACED: 'chip--square',
};

/** One warning in the language on screen, with the moves that whoever reads may make. */
function WarningCard({ warning }: { warning: PublicWarning }) {
  const { t } = useTranslation();
  const make = useWarningMove();
  const words = warning.words[currentLanguage() === 'en' ? 'en' : 'zh'] ?? {};
  const said = (name: string) => words[name] ?? '';
  const { moves } = warning;
  return (
    <li className="deal">
      <span className="deal__head">
        <span className={`chip ${LOOKS[warning.state]}`}>{t(`warning.state.${warning.state}`)}</span>
        <strong>{said('headline')}</strong>
        <span className="soft figures">{warning.number}</span>
      </span>
      <span>
        {t(`warning.severity.${warning.severity}`, { defaultValue: warning.severity })} ·{' '}
        {t(`warning.status.${warning.status}`, { defaultValue: warning.status })} · {said('area')}
      </span>
      <span>{said('description')}</span>
      <span>{said('instruction')}</span>
      <span className="soft">
        {t('warning.until')} <When at={warning.expires_at} />
      </span>
      {warning.messages.map((message) => (
        <a key={message.identifier} href={message.address} className="figures">
          CAP {message.identifier} · {t(`warning.message.${message.kind}`)}
        </a>
      ))}
      {warning.state === 'DRAFT' && !moves.includes('approve') && (
        <span className="soft">{t('warning.by_another')}</span>
      )}
      {moves.length > 0 && (
        <span className="deal__moves">
          {(['approve', 'publish'] as const)
            .filter((move) => moves.includes(move))
            .map((move) => (
              <Button
                key={move}
                look={move === 'publish' ? 'danger' : 'main'}
                isDisabled={make.isPending}
                onPress={() => make.mutate({ id: warning.id, move })}
              >
                {t(`warning.move.${move}`)}
              </Button>
            ))}
          {(['discard', 'cancel'] as const)
            .filter((move) => moves.includes(move))
            .map((move) => (
              <Ask
                key={move}
                button={<Button>{t(`warning.move.${move}`)}</Button>}
                title={t(`warning.move.${move}`)}
                label={t('fact.reason')}
                confirm={t(`warning.move.${move}`)}
                problem={make.error}
                isPending={make.isPending}
                onAnswer={(reason, close) =>
                  make.mutate({ id: warning.id, move, reason }, { onSuccess: close })
                }
              />
            ))}
        </span>
      )}
      <ProblemNote problem={make.error} />
    </li>
  );
}

function text(info: Record<string, unknown> | undefined, name: string): string {
  const found = info?.[name];
  return typeof found === 'string' ? found : '';
}

function AlertCard({ alert }: { alert: ReceivedAlert }) {
  const { t } = useTranslation();
  const info = alert.infos[0];
  return (
    <li className="deal">
      <span className="deal__head">
        <span className="chip">{t(`warning.message.${alert.kind}`, { defaultValue: alert.kind })}</span>
        <strong>{text(info, 'headline') || text(info, 'event')}</strong>
        <span className="soft">
          <When at={alert.sent_at} />
        </span>
      </span>
      <span className="soft">{alert.sender}</span>
      <span>{text(info, 'description')}</span>
    </li>
  );
}

/** Warnings to the public: drafted, approved by somebody else, published; and what others warn of. */
export function WarningsPage() {
  const { t } = useTranslation();
  const warnings = useWarnings();
  const alerts = useAlerts();
  const mayDraft = useMay('warning.draft');
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.warnings')}</h1>
        <a href="/warnings.atom">{t('warning.feed')}</a>
      </div>
      <div className="agencies">
        <Panel
          title={t('warning.ours')}
          count={warnings.data?.length}
          tools={mayDraft && <DraftWarning published={warnings.data ?? []} />}
          flush
        >
          <Rows query={warnings} empty={<Empty steps={null} title={t('warning.none')} text={t('warning.none_text')} />}>
            {(rows) => (
              <ul>
                {rows.map((warning) => (
                  <WarningCard key={warning.id} warning={warning} />
                ))}
              </ul>
            )}
          </Rows>
        </Panel>
        <Panel title={t('warning.others')} count={alerts.data?.length} flush>
          <Rows query={alerts} empty={<Empty title={t('warning.none_others')} text={t('warning.none_others_text')} />}>
            {(rows) => (
              <ul>
                {rows.map((alert) => (
                  <AlertCard key={alert.id} alert={alert} />
                ))}
              </ul>
            )}
          </Rows>
        </Panel>
      </div>
    </div>
  );
}
