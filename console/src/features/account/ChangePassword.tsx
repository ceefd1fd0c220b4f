import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useChangePassword } from '../../api/account';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { DoneNote, ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

/** A new password for oneself: every other sign-in ends with it. */
export function ChangePassword() {
  const { t } = useTranslation();
  const change = useChangePassword();
  const [present, setPresent] = useState('');
  const [password, setPassword] = useState('');
  const clear = (): void => {
    setPresent('');
    setPassword('');
  };
  return (
    <Panel title={t('account.password')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ present, password }, { onSuccess: clear });
        }}
      >
        <p className="soft">{t('account.password_text')}</p>
        <TextInput
          label={t('account.present_password')}
          type="password"
          autoComplete="current-password"
          value={present}
          onChange={setPresent}
          isRequired
        />
        <TextInput
          label={t('account.new_password')}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <ProblemNote problem={change.error} />
        {change.isSuccess && <DoneNote>{t('account.password_changed')}</DoneNote>}
        <div className="line-up">
          <Button type="submit" isDisabled={!present || !password || change.isPending}>
            {t('account.change_password')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
