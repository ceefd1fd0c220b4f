import { Bookmark, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { isSame, keptOf, useSavedViews, type ViewScreen } from '../api/views';
import { Button } from './Button';
import { ViewsPanel } from './ViewsPanel';

interface Props {
  screen: ViewScreen;
  /** The filters of the list that a view keeps. */
  filters: readonly string[];
}

/** The saved views of a list: which one is shown, and to choose, save, rename and remove them. */
export function Views({ screen, filters }: Props) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [asked, setAsked] = useSearchParams();
  const views = (useSavedViews().data ?? []).filter((one) => one.screen === screen);
  const shown = keptOf(asked, filters);
  const inUse = views.find((one) => isSame(one.filters, shown));
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button aria-label={inUse === undefined ? t('views.title') : t('views.in_use', { name: inUse.name })}>
        <Bookmark size={16} aria-hidden fill={inUse === undefined ? 'none' : 'currentColor'} />
        <span className="views__name">{inUse?.name ?? t('views.title')}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="popover views" placement="bottom start" aria-label={t('views.title')}>
        <ViewsPanel
          screen={screen}
          views={views}
          shown={shown}
          inUse={inUse}
          onChoose={({ filters: next }) => {
            setAsked(next, { replace: true });
            setIsOpen(false);
          }}
          onSaved={() => setIsOpen(false)}
        />
      </Popover>
    </DialogTrigger>
  );
}
