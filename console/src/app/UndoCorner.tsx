import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { useUndoOffer } from '../api/undoing';
import { later } from './later';

const UndoNote = later(async () => (await import('./UndoNote')).UndoNote);

/**
 * Where the last move is offered to be undone: a polite live region, read out when something comes.
 * It lies above dialogs and is not hidden by them: a dialog may still be closing when it comes.
 */
export function UndoCorner() {
  const { t } = useTranslation();
  const offer = useUndoOffer();
  return (
    <section
      className="undo"
      aria-label={t('shell.just_done')}
      aria-live="polite"
      data-react-aria-top-layer
    >
      {offer !== null && (
        <Suspense>
          <UndoNote key={offer.id} offer={offer} />
        </Suspense>
      )}
    </section>
  );
}
