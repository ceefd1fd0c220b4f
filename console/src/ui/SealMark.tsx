import { LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** That a case is sealed: a lock, and the word. */
export function SealMark() {
  const { t } = useTranslation();
  return (
    <span className="chip chip--bad" data-testid="seal">
      <LockKeyhole size={12} aria-hidden />
      {t('seal.mark')}
    </span>
  );
}
