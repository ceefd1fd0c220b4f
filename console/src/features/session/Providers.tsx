import { useTranslation } from 'react-i18next';

import { useBeginAtProvider, useWaysIn } from '../../api/providers';
import { nameOf } from '../../api/reference';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';

/** The departments' own providers; nothing where there is none, or they cannot be asked for. */
export function Providers() {
  const { t } = useTranslation();
  const providers = useWaysIn().data?.providers ?? [];
  const begin = useBeginAtProvider();
  if (providers.length === 0) return null;
  return (
    <div className="stack">
      <ProblemNote problem={begin.error} />
      {providers.map((one) => (
        <Button key={one.id} isDisabled={begin.isPending} onPress={() => begin.mutate(one.id)}>
          {t('session.by_provider', { name: nameOf(one) })}
        </Button>
      ))}
    </div>
  );
}
