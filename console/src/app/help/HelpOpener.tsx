import { CircleQuestionMark } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';

import { useMe } from '../../api/session';
import { Button } from '../../ui/Button';
import { onHelpAsked } from '../../ui/helpAsked';
import { later } from '../later';
import { startOf } from '../places';
import { isTypedInto } from '../typing';
import { hasNews, lastTold, setTold } from './news';
import { startTour } from './touring';

const HelpPanel = later(async () => (await import('./HelpPanel')).HelpPanel);

/** The key that opens help, in the bar and under the question mark; it is fetched then. */
export function HelpOpener() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const { role } = useMe();
  const [isOpen, setIsOpen] = useState(false);
  const [isNew, setIsNew] = useState(hasNews);
  const [told, setToldBefore] = useState<string | null>(null);
  const open = (): void => {
    setToldBefore(isNew ? lastTold() : null);
    setIsNew(false);
    setTold();
    setIsOpen(true);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey) return;
      // A dialog that asks something is answered first.
      if (isTypedInto(event.target) || document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  useEffect(() => onHelpAsked(open));
  return (
    <>
      <Button
        icon
        look="quiet"
        aria-label={t(isNew ? 'shell.help_news' : 'shell.help')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-keyshortcuts="?"
        onPress={open}
      >
        <CircleQuestionMark size={18} aria-hidden />
        {isNew && <span className="bar__news" aria-hidden />}
      </Button>
      <Suspense>
        {isOpen && (
          <HelpPanel
            address={pathname}
            told={told}
            onTour={() => {
              setIsOpen(false);
              void navigate(startOf(role));
              startTour();
            }}
            onClose={() => setIsOpen(false)}
          />
        )}
      </Suspense>
    </>
  );
}
