import { CloudUpload } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Act } from '../../api/acts';
import type { FieldDeed } from '../../api/fieldDeeds';
import { When } from '../../ui/When';
import { Conflict, useDeedName } from './Conflict';

/** So many acts are named; of the rest there is the number. */
const NAMED_LIMIT = 3;

/** What was done here and has not been taken yet: first what the officer has to decide about. */
export function Waiting({ acts }: { acts: readonly Act<FieldDeed>[] }) {
  const { t } = useTranslation();
  const nameOf = useDeedName();
  if (acts.length === 0) return null;
  const waiting = acts.filter(({ refusal }) => refusal === null);
  const named = waiting.slice(0, NAMED_LIMIT);
  return (
    <section className="field__waiting" aria-label={t('field.waiting', { count: acts.length })}>
      <p className="field__waiting-head" role="status">
        <CloudUpload size={18} aria-hidden />
        {t('field.waiting', { count: acts.length })}
      </p>
      <ol className="conflicts">
        {acts.map(
          (act) =>
            act.refusal !== null && (
              <Conflict key={act.order} act={act} refusal={act.refusal} acts={acts} />
            ),
        )}
      </ol>
      <ol className="soft">
        {named.map((act) => (
          <li key={act.order}>
            {nameOf(act.deed)} · <When at={act.toldAt} />
          </li>
        ))}
      </ol>
      {waiting.length > named.length && (
        <p className="soft">{t('field.more', { count: waiting.length - named.length })}</p>
      )}
    </section>
  );
}
