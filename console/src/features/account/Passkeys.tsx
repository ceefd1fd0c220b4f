import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  canAskForPasskeys,
  useAddPasskey,
  useOwnPasskeys,
  useRemovePasskey,
  type OwnPasskey,
} from '../../api/passkeys';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Loaded, ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { When } from '../../ui/When';
import { Codes } from './Codes';
import '../../ui/deals.css';

const NAME_MAX_CHARACTERS = 80;

function PasskeyRow({ passkey }: { passkey: OwnPasskey }) {
  const { t } = useTranslation();
  const remove = useRemovePasskey();
  return (
    <li className="deal">
      <span className="deal__head">
        <strong>{passkey.name}</strong>
        {passkey.fell_back_at !== null && (
          <span className="chip chip--bad">{t('passkeys.fell_back')}</span>
        )}
      </span>
      <span className="soft">
        {t('passkeys.added')} <When at={passkey.added_at} />
        {passkey.last_used_at !== null && (
          <>
            {' '}
            · {t('account.last_used')} <When at={passkey.last_used_at} />
          </>
        )}
      </span>
      <Button isDisabled={remove.isPending} onPress={() => remove.mutate(passkey.id)}>
        {t('passkeys.remove', { name: passkey.name })}
      </Button>
      <ProblemNote problem={remove.error} />
    </li>
  );
}

function AddPasskey({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation();
  const add = useAddPasskey();
  const [name, setName] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(name.trim(), {
          onSuccess: ({ codes }) => {
            setName('');
            if (codes.length > 0) onCodes(codes);
          },
        });
      }}
    >
      <TextInput
        label={t('passkeys.name')}
        value={name}
        onChange={setName}
        maxLength={NAME_MAX_CHARACTERS}
      />
      <ProblemNote problem={add.error} />
      <div className="line-up">
        <Button type="submit" isDisabled={name.trim() === '' || add.isPending}>
          {t('passkeys.add')}
        </Button>
      </div>
    </form>
  );
}

/** One's own passkeys: named, added, removed. Nothing where the operator has set no address. */
export function Passkeys() {
  const { t } = useTranslation();
  const passkeys = useOwnPasskeys();
  const [codes, setCodes] = useState<readonly string[]>([]);
  if (passkeys.data?.available === false) return null;
  return (
    <Panel title={t('passkeys.title')} count={passkeys.data?.items.length}>
      {codes.length > 0 && <Codes codes={codes} />}
      <Loaded query={passkeys}>
        {({ items }) => (
          <div className="stack">
            <p className="soft">{t('passkeys.text')}</p>
            <ul className="stack">
              {items.map((passkey) => (
                <PasskeyRow key={passkey.id} passkey={passkey} />
              ))}
            </ul>
            {canAskForPasskeys && <AddPasskey onCodes={setCodes} />}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
