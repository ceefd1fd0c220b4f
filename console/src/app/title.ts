import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

import { useMe } from '../api/session';
import { isAt, placesOf } from './places';

/** Names the window after the screen that is open, so that tabs and histories tell them apart. */
export function useTitle(): void {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const place = placesOf(useMe().role).find((one) => isAt(one, pathname))?.name;
  const title = place === undefined ? t('app.title') : `${t(`place.${place}`)} · ${t('app.title')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
