import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { canAskForPasskeys, useSignInByPasskey } from '../../api/passkeys';
import { useWaysIn } from '../../api/providers';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';

/** Sign in by a passkey alone, where they count here and the browser can ask for one. */
export function ByPasskey() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signIn = useSignInByPasskey();
  const counts = useWaysIn().data?.passkeys ?? false;
  if (!counts || !canAskForPasskeys) return null;
  return (
    <div className="stack">
      <Button
        isDisabled={signIn.isPending}
        onPress={() =>
          signIn.mutate(null, { onSuccess: () => void navigate('/', { replace: true }) })
        }
      >
        {t('passkeys.sign_in')}
      </Button>
      <ProblemNote problem={signIn.error} />
    </div>
  );
}
