import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { later } from '../later';

const HelpPanel = later(async () => (await import('./HelpPanel')).HelpPanel);

/** The way from the sign-in page to the page on what is kept and for how long. */
export function KeptMore() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="quiet" aria-haspopup="dialog" onPress={() => setIsOpen(true)}>
        {t('session.kept_more')}
      </Button>
      <Suspense>
        {isOpen && (
          <HelpPanel address="/sign-in" told={null} onTour={null} onClose={() => setIsOpen(false)} />
        )}
      </Suspense>
    </>
  );
}
