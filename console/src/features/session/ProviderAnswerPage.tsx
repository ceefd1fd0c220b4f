import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';

import { Problem } from '../../api/problem';
import { useFinishAtProvider } from '../../api/providers';
import { Button } from '../../ui/Button';
import { ProblemNote, Skeleton } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import './session.css';

/** Where a provider sends people back to: its answer is taken once; a code may be asked for. */
export function ProviderAnswerPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [brought] = useSearchParams();
  const { mutate, isPending, error } = useFinishAtProvider();
  const [second, setSecond] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const wasSent = useRef(false);
  const state = brought.get('state');
  const code = brought.get('code');
  const send = (more: { second?: string }): void => {
    if (state === null || code === null) return;
    mutate(
      { state, code, issuer: brought.get('iss'), ...more },
      {
        onSuccess: () => void navigate('/', { replace: true }),
        onError: (problem: unknown) => {
          const isOfCode = problem instanceof Problem && problem.code.startsWith('sign_in.code');
          setAsksCode((before) => before || isOfCode);
          setSecond('');
        },
      },
    );
  };
  useEffect(() => {
    if (wasSent.current) return;
    wasSent.current = true;
    send({});
  });
  return (
    <main className="sign-in">
      <section className="sign-in__card">
        <h1>{t('app.name')}</h1>
        {isPending && <Skeleton rows={1} />}
        {code === null && <p role="alert">{t('session.provider_refused')}</p>}
        <ProblemNote problem={error} />
        {asksCode && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              send({ second });
            }}
          >
            <TextInput
              label={t('session.code')}
              autoComplete="one-time-code"
              value={second}
              onChange={setSecond}
              isRequired
            />
            <Button type="submit" look="main" isDisabled={second === '' || isPending}>
              {t('session.sign_in')}
            </Button>
          </form>
        )}
        <Link to="/sign-in" replace>
          {t('session.back_to_sign_in')}
        </Link>
      </section>
    </main>
  );
}
