import { Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../ui/Button';
import { isTypedInto, typedAhead } from './typing';

const SearchDialog = lazy(async () => ({
  default: (await import('./search/SearchDialog')).SearchDialog,
}));

function opens(event: KeyboardEvent): boolean {
  const withControl = event.ctrlKey || event.metaKey;
  if (event.key.toLowerCase() === 'k' && withControl && !event.altKey && !event.shiftKey) return true;
  if (event.key !== '/' || withControl || event.altKey) return false;
  return !isTypedInto(event.target);
}

/** The key that opens the box, in the bar and under Ctrl+K and the stroke; it is fetched then. */
export function SearchOpener() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [isThere, setIsThere] = useState(false);
  const [text, setText] = useState('');
  const close = (): void => {
    setIsOpen(false);
    setIsThere(false);
    setText('');
  };
  useEffect(() => {
    if (!isOpen || isThere) return undefined;
    // What is typed until the box is fetched belongs to it, not to the screen behind.
    const keep = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setIsOpen(false);
      setText((before) => typedAhead(before, event));
      if (!event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    document.addEventListener('keydown', keep, true);
    return () => document.removeEventListener('keydown', keep, true);
  }, [isOpen, isThere]);
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      // A dialog that asks something is answered first.
      if (!opens(event) || document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      setIsOpen(true);
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, []);
  return (
    <>
      <Button
        look="quiet"
        aria-label={t('search.open')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-keyshortcuts="Control+K Meta+K"
        onPress={() => setIsOpen(true)}
      >
        <Search size={16} aria-hidden />
        <span className="bar__search">{t('search.open')}</span>
        <kbd className="bar__keys" aria-hidden>
          Ctrl K
        </kbd>
      </Button>
      <Suspense>
        {isOpen && (
          <SearchDialog
            text={text}
            onText={setText}
            onThere={() => setIsThere(true)}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}
