import { CloudUpload } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Done } from '../../api/fieldDeeds';

/** What was done to a case on this device and has not been taken yet. */
export function DoneHere({ done }: { done: Done | undefined }) {
  const { t } = useTranslation();
  if (done === undefined) return null;
  const acts = done.moves.map((move) => t(`case_move.${move}`));
  if (done.photos > 0) acts.push(t('field.photos', { count: done.photos }));
  return (
    <span className={done.isHeldUp ? 'field__done field__done--held' : 'field__done'}>
      <CloudUpload size={16} aria-hidden />
      {t(done.isHeldUp ? 'field.held_up' : 'field.done_here', { acts: acts.join(' · ') })}
    </span>
  );
}
