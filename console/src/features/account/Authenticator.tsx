import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  useAuthenticator,
  useConfirmAuthenticator,
  useOfferAuthenticator,
  useRenewRecoveryCodes,
  useTakeAuthenticatorOff,
} from '../../api/account';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Loaded, ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { Codes } from './Codes';

function TakeOn({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation();
  const offer = useOfferAuthenticator();
  const confirm = useConfirmAuthenticator();
  const [code, setCode] = useState('');
  if (offer.data === undefined) {
    return (
      <div className="stack">
        <p className="soft">{t('account.authenticator_text')}</p>
        <ProblemNote problem={offer.error} />
        <div className="line-up">
          <Button isDisabled={offer.isPending} onPress={() => offer.mutate(null)}>
            {t('account.take_on')}
          </Button>
        </div>
      </div>
    );
  }
  const { picture, secret } = offer.data;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ code }, { onSuccess: ({ codes }) => onCodes(codes) });
      }}
    >
      <p>{t('account.scan_text')}</p>
      <img src={picture} alt={t('account.picture')} width={200} height={200} />
      <code>{secret}</code>
      <TextInput
        label={t('account.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        isRequired
      />
      <ProblemNote problem={confirm.error} />
      <div className="line-up">
        <Button type="submit" look="main" isDisabled={!code || confirm.isPending}>
          {t('account.confirm')}
        </Button>
      </div>
    </form>
  );
}

function Present({ left, onCodes }: { left: number; onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation();
  const renew = useRenewRecoveryCodes();
  const off = useTakeAuthenticatorOff();
  return (
    <div className="stack">
      <p>{t('account.present', { left })}</p>
      <ProblemNote problem={renew.error ?? off.error} />
      <div className="line-up">
        <Button
          isDisabled={renew.isPending}
          onPress={() => renew.mutate(null, { onSuccess: ({ codes }) => onCodes(codes) })}
        >
          {t('account.renew_codes')}
        </Button>
        <Button isDisabled={off.isPending} onPress={() => off.mutate(null)}>
          {t('account.take_off')}
        </Button>
      </div>
    </div>
  );
}

/** The authenticator that a sign-in asks a code of: taken on, renewed, taken off. */
export function Authenticator() {
  const { t } = useTranslation();
  const authenticator = useAuthenticator();
  const [codes, setCodes] = useState<readonly string[]>([]);
  return (
    <Panel title={t('account.authenticator')}>
      {codes.length > 0 && <Codes codes={codes} />}
      <Loaded query={authenticator}>
        {({ present, recovery_codes_left }) =>
          present ? (
            <Present left={recovery_codes_left} onCodes={setCodes} />
          ) : (
            <TakeOn onCodes={setCodes} />
          )
        }
      </Loaded>
    </Panel>
  );
}
