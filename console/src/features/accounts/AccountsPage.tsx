import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAccountMove, useAccounts, useLinkAccount, type Account } from '../../api/accounts';
import { useWaysIn } from '../../api/providers';
import { nameOf, useOrganisationName } from '../../api/reference';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { NoMatch } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { ServiceKeys } from './ServiceKeys';
import '../../ui/deals.css';

const MOVES = ['end_sign_ins', 'take_authenticator_off', 'unlink', 'close', 'reopen'] as const;
const NAME_MAX_CHARACTERS = 64;

/** One thing that is done for an account, with its reason. */
function Care({ account, move }: { account: Account; move: (typeof MOVES)[number] }) {
  const { t } = useTranslation();
  const make = useAccountMove();
  return (
    <Ask
      button={<Button aria-label={t('accounts.move_of', { move: t(`accounts.move.${move}`), name: account.username })}>{t(`accounts.move.${move}`)}</Button>}
      title={`${t(`accounts.move.${move}`)} · ${account.username}`}
      text={t(`accounts.text.${move}`)}
      label={t('fact.reason')}
      confirm={t(`accounts.move.${move}`)}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(reason, close) =>
        make.mutate({ id: account.id, move, reason }, { onSuccess: close })
      }
    />
  );
}

/** Say whom the provider of the account's organisation means; nothing where it has none. */
function LinkIt({ account }: { account: Account }) {
  const { t } = useTranslation();
  const provider = useWaysIn().data?.providers.find(
    (one) => one.organisation_id === account.organisation_id,
  );
  const link = useLinkAccount();
  const [subject, setSubject] = useState('');
  if (provider === undefined || account.linked || account.moves.length === 0) return null;
  return (
    <Ask
      button={<Button aria-label={t('accounts.move_of', { move: t('accounts.link'), name: account.username })}>{t('accounts.link')}</Button>}
      title={`${t('accounts.link')} · ${account.username}`}
      text={t('accounts.link_text', { provider: nameOf(provider) })}
      label={t('fact.reason')}
      confirm={t('accounts.link')}
      problem={link.error}
      isPending={link.isPending}
      isReady={subject.trim() !== ''}
      onAnswer={(reason, close) =>
        link.mutate(
          { id: account.id, provider_id: provider.id, subject: subject.trim(), reason },
          { onSuccess: close },
        )
      }
    >
      <TextInput label={t('accounts.subject')} value={subject} onChange={setSubject} />
    </Ask>
  );
}

function AccountRow({ account }: { account: Account }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  return (
    <li className="deal">
      <span className="deal__head">
        <strong>{account.username}</strong>
        <span>{nameOf(account)}</span>
        {!account.active && <span className="chip chip--bad">{t('accounts.closed')}</span>}
        {account.second_factor && (
          <span className="chip chip--good">{t('accounts.second_factor')}</span>
        )}
        {account.linked && <span className="chip">{t('accounts.linked')}</span>}
      </span>
      <span className="soft">
        {t(`role.${account.role}`, { defaultValue: account.role })} ·{' '}
        {organisationName(account.organisation_id)}
      </span>
      {account.moves.length > 0 && (
        <span className="deal__moves">
          <LinkIt account={account} />
          {MOVES.filter((move) => account.moves.includes(move)).map((move) => (
            <Care key={move} account={account} move={move} />
          ))}
        </span>
      )}
    </li>
  );
}

/** The administrator's screen: accounts by name, and what can be done for them. */
export function AccountsPage() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const accounts = useAccounts(typed.trim());
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.accounts')}</h1>
        <TextInput
          label={t('accounts.search')}
          placeholder={t('accounts.search')}
          value={typed}
          onChange={setTyped}
          maxLength={NAME_MAX_CHARACTERS}
        />
      </div>
      <p className="soft">{t('accounts.intro')}</p>
      <Panel title={t('place.accounts')} flush>
        <Rows
          query={accounts}
          empty={<NoMatch title={t('accounts.none')} onClear={typed === '' ? null : () => setTyped('')} />}
        >
          {(rows) => (
            <ul>
              {rows.map((account) => (
                <AccountRow key={account.id} account={account} />
              ))}
            </ul>
          )}
        </Rows>
      </Panel>
      <ServiceKeys />
    </div>
  );
}
