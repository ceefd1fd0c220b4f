import { useTranslation } from 'react-i18next';

import { useMay } from '../../api/session';
import { BreakGlass } from './BreakGlass';
import { OwnLooks, ToReview } from './Looks';

/** Looks at sealed cases: those to review, and for who may, one of one's own. */
export function GlassPage() {
  const { t } = useTranslation();
  const mayBreak = useMay('glass.break');
  const mayReview = useMay('glass.review');
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.glass')}</h1>
        <p className="soft">{t('glass.about')}</p>
      </div>
      {mayReview && <ToReview />}
      {mayBreak && <BreakGlass />}
      {mayBreak && <OwnLooks />}
    </div>
  );
}
