import { ArrowLeft, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '../../i18n';
import { Button } from '../../ui/Button';
import { Skeleton } from '../../ui/states';
import { News } from './News';
import { pageOf, type HelpSection } from './pages';
import { GENERAL, helpAt, type Ref } from './topics';
import './help.css';

interface PagesProps {
  refs: readonly Ref[];
  onGo: (ref: Ref) => void;
}

/** Pages one below the other; a link between them opens the other page here. */
function Pages({ refs, onGo }: PagesProps) {
  const [read, setRead] = useState<{ refs: readonly Ref[]; pages: HelpSection[][] } | null>(null);
  useEffect(() => {
    let isWanted = true;
    void Promise.all(refs.map(pageOf)).then((pages) => {
      if (isWanted) setRead({ refs, pages });
    });
    return () => {
      isWanted = false;
    };
  }, [refs]);
  if (read?.refs !== refs) return <Skeleton />;
  return read.pages.flat().map(({ title, level, html }, index) => {
    const Title = level <= 2 ? 'h3' : 'h4';
    return (
      <section key={`${index} ${title}`}>
        <Title>{title}</Title>
        {/* Made of our own documentation when the console was built, and escaped there. */}
        <div
          dangerouslySetInnerHTML={{ __html: html }}
          onClick={(event) => {
            const link = event.target instanceof Element ? event.target.closest('a[href^="help:"]') : null;
            if (link === null) return;
            event.preventDefault();
            onGo(link.getAttribute('href')?.replace('help:', '') ?? '');
          }}
        />
      </section>
    );
  });
}

interface Props {
  /** The address of the screen that is open. */
  address: string;
  /** The newest entry that was told before, where there is news. */
  told: string | null;
  onTour: (() => void) | null;
  onClose: () => void;
}

/** What the documentation says of the screen that is open, what is new, and the way round. */
export function HelpPanel({ address, told, onTour, onClose }: Props) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const [path, setPath] = useState<(readonly Ref[])[]>(() => [helpAt(address, language)]);
  const refs = path.at(-1) ?? GENERAL[language];
  const go = (next: readonly Ref[]): void => setPath([...path, next]);
  return (
    <ModalOverlay
      className="veil help__veil"
      isDismissable
      defaultOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="help__modal">
        <Dialog className="dialog help">
          <div className="help__head">
            {path.length > 1 && (
              <Button icon look="quiet" aria-label={t('help.back')} onPress={() => setPath(path.slice(0, -1))}>
                <ArrowLeft size={18} aria-hidden />
              </Button>
            )}
            <Heading slot="title" level={2}>
              {t('help.title')}
            </Heading>
            <Button icon look="quiet" aria-label={t('action.close')} onPress={onClose}>
              <X size={18} aria-hidden />
            </Button>
          </div>
          <div className="help__text" tabIndex={0} role="region" aria-label={t('help.title')} key={path.length}>
            {told !== null && path.length === 1 && <News told={told} />}
            <Pages refs={refs} onGo={(ref) => go([ref])} />
          </div>
          <div className="help__foot">
            <Button onPress={() => go(GENERAL[language])}>{t('help.all')}</Button>
            {onTour !== null && <Button onPress={onTour}>{t('help.tour')}</Button>}
            <span className="soft">{t('help.keys')}</span>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
