import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { useAuthenticator } from '../api/account';
import { keys } from '../api/keys';
import { useOwnPasskeys } from '../api/passkeys';
import { useSignOut } from '../api/session';
import { Authenticator } from '../features/account/Authenticator';
import { Passkeys } from '../features/account/Passkeys';
import { Button } from '../ui/Button';
import { LanguageSwitch } from '../ui/LanguageSwitch';
import { AskProof } from './AskProof';

/** All that is open to somebody whose role demands a second factor, until there is one. */
export function Enrolling() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const signOut = useSignOut();
  const hasPasskey = (useOwnPasskeys().data?.items.length ?? 0) > 0;
  const isPresent = useAuthenticator().data?.present === true || hasPasskey;
  // The recovery codes are shown only once: so the person goes on, not the page.
  const goOn = (): void => void cache.invalidateQueries({ queryKey: keys.session });
  return (
    <main className="page">
      <div className="page__head">
        <h1>{t('account.title')}</h1>
        <LanguageSwitch />
      </div>
      <p>{t('account.factor_needed')}</p>
      <Authenticator />
      <Passkeys />
      <div className="line-up">
        {isPresent && (
          <Button look="main" onPress={goOn}>
            {t('account.go_on')}
          </Button>
        )}
        <Button onPress={() => signOut.mutate(null)}>{t('session.sign_out')}</Button>
      </div>
      <AskProof />
    </main>
  );
}
