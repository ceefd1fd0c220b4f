import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useGaps } from '../../api/tallies';

/** Says so when something that was acknowledged is nowhere; is not there otherwise. */
export function Gaps() {
  const { t } = useTranslation();
  const gaps = useGaps().data ?? [];
  if (gaps.length === 0) return null;
  return (
    <div className="note note--bad" role="alert">
      <CircleAlert size={16} aria-hidden />
      <div>
        <p className="note__text">{t('gaps.title', { count: gaps.length })}</p>
        {gaps.map((gap) => (
          <p key={`${gap.rule} ${gap.id}`} className="note__rule">
            {gap.number}: {t(`gaps.rule.${gap.rule}`, { defaultValue: gap.rule })}
          </p>
        ))}
      </div>
    </div>
  );
}
