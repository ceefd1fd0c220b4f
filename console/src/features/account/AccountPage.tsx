import { useTranslation } from 'react-i18next';

import { useEndOtherSessions, useEndSession, useOwnSessions, type OwnSession } from '../../api/account';
import '../../ui/deals.css';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Loaded, ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';
import { Authenticator } from './Authenticator';
import { ChangePassword } from './ChangePassword';
import { Passkeys } from './Passkeys';

function SignIn({ session }: { session: OwnSession }) {
  const { t } = useTranslation();
  const end = useEndSession();
  const name = session.seen_from || t('account.unknown_browser');
  return (
    <li className="deal">
      <span className="deal__head">
        <strong>{name}</strong>
        <span className="soft">
          {t('account.since')} <When at={session.began_at} />
        </span>
      </span>
      <span className="soft">
        {t('account.last_used')} <When at={session.last_seen_at} />
      </span>
      {session.this ? (
        <span className="chip">{t('account.this_sign_in')}</span>
      ) : (
        <Button isDisabled={end.isPending} onPress={() => end.mutate(session.id)}>
          {t('account.end', { name })}
        </Button>
      )}
      <ProblemNote problem={end.error} />
    </li>
  );
}

/** What a person looks after alone: password, authenticator, and the own sign-ins. */
export function AccountPage() {
  const { t } = useTranslation();
  const sessions = useOwnSessions();
  const endOthers = useEndOtherSessions();
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('account.title')}</h1>
      </div>
      <Authenticator />
      <Passkeys />
      <ChangePassword />
      <Panel
        title={t('account.sign_ins')}
        count={sessions.data?.length}
        tools={
          (sessions.data?.length ?? 0) > 1 && (
            <Button isDisabled={endOthers.isPending} onPress={() => endOthers.mutate(null)}>
              {t('account.end_others')}
            </Button>
          )
        }
      >
        <ProblemNote problem={endOthers.error} />
        <Loaded query={sessions}>
          {(found) => (
            <ul className="stack">
              {found.map((session) => (
                <SignIn key={session.id} session={session} />
              ))}
            </ul>
          )}
        </Loaded>
      </Panel>
    </div>
  );
}
