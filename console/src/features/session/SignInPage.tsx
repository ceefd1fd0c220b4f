import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { Problem } from '../../api/problem';
import { useSignIn } from '../../api/session';
import { Button } from '../../ui/Button';
import { LanguageSwitch } from '../../ui/LanguageSwitch';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { ByPasskey } from './ByPasskey';
import { Providers } from './Providers';
import './session.css';

const KEPT = ['account', 'session', 'tries', 'work', 'looks'] as const;

/** Sign in; says what the system keeps about the person who does. */
export function SignInPage({ more }: { more?: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  /** The password was right where a code is asked for: it stays, and the code is typed anew. */
  const refused = (problem: unknown): void => {
    const isOfCode = problem instanceof Problem && problem.code.startsWith('sign_in.code');
    setAsksCode((before) => before || isOfCode);
    setCode('');
    if (!isOfCode) setPassword('');
  };
  const enter = async (): Promise<void> => {
    await signIn.mutateAsync({ username, password, ...(asksCode ? { code } : {}) });
    await navigate('/', { replace: true });
  };
  return (
    <main className="sign-in">
      <section className="sign-in__card">
        <div className="sign-in__head">
          <div>
            <h1>{t('app.name')}</h1>
            <p className="soft">{t('app.tagline')}</p>
          </div>
          <LanguageSwitch />
        </div>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            enter().catch(refused);
          }}
        >
          <TextInput
            label={t('session.username')}
            name="username"
            autoComplete="username"
            value={username}
            onChange={setUsername}
            isRequired
            autoFocus
          />
          <TextInput
            label={t('session.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
          />
          {asksCode && (
            <TextInput
              label={t('session.code')}
              name="code"
              autoComplete="one-time-code"
              value={code}
              onChange={setCode}
              isRequired
              autoFocus
            />
          )}
          <ProblemNote problem={signIn.error} />
          <Button type="submit" look="main" isDisabled={signIn.isPending}>
            {signIn.isPending ? t('session.signing_in') : t('session.sign_in')}
          </Button>
        </Form>
        <ByPasskey />
        <Providers />
        <div className="sign-in__kept">
          <h2>{t('session.kept_title')}</h2>
          <ul>
            {KEPT.map((name) => (
              <li key={name}>{t(`session.kept.${name}`)}</li>
            ))}
          </ul>
          {more}
        </div>
      </section>
      <p className="sign-in__foot soft">{t('map.attribution')}</p>
    </main>
  );
}
