import { Search } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Heading,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useActions, useScreens, useSettings, useViews } from './commands';
import type { Entry, Section } from './entries';
import { fitting } from './fitting';
import './search.css';
import { useFound } from './useFound';

const TYPED_MAX_CHARACTERS = 40;

function Row({ entry }: { entry: Entry }) {
  const Picture = entry.picture;
  return (
    <ListBoxItem className="option" id={entry.id} textValue={entry.name}>
      {Picture !== undefined && <Picture size={16} strokeWidth={1.75} aria-hidden />}
      <span className="found__name">{entry.name}</span>
      {entry.detail !== undefined && <span className="option__detail">{entry.detail}</span>}
      {entry.keys !== undefined && entry.keys !== '' && <kbd>{entry.keys}</kbd>}
    </ListBoxItem>
  );
}

/** What is offered for the letters typed, section by section; no section is empty. */
function useSections(text: string): Section[] {
  const { named, places } = useFound(text.trim());
  const screens = fitting(useScreens(), text);
  const views = fitting(useViews(), text);
  const actions = fitting(useActions(), text);
  const settings = fitting(useSettings(), text);
  return [
    ...named,
    { name: 'screens' as const, entries: screens },
    { name: 'views' as const, entries: views },
    { name: 'actions' as const, entries: actions },
    { name: 'settings' as const, entries: settings },
    // Last: some place of a city fits nearly every word.
    { name: 'places' as const, entries: places },
  ].filter(({ entries }) => entries.length > 0);
}

interface Props {
  /** What is typed: letters may have come before the box. */
  text: string;
  onText: (text: string) => void;
  /** The box is there, and takes the letters itself. */
  onThere: () => void;
  onClose: () => void;
}

/** The box behind one key: numbers, call signs, places, screens, and what can be done here. */
export function SearchDialog({ text, onText, onThere, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const sections = useSections(text);
  const all = sections.flatMap(({ entries }) => entries);
  const take = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    if (entry.to !== undefined) void navigate(entry.to);
    // After the box has given the focus back: what it opens may take it.
    else if (entry.run !== undefined) setTimeout(entry.run);
  };
  /** Whether the arrows were used since the last letter: only then is the marked one meant. */
  const isMarked = useRef(false);
  const type = (letters: string): void => {
    isMarked.current = false;
    onText(letters);
  };
  // The box has taken the focus by then: its own effects come first.
  useEffect(onThere, [onThere]);
  /** What is found later may stand before what is marked: without arrows Enter takes the first. */
  const takeFirst = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') isMarked.current = true;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || isMarked.current) return;
    event.preventDefault();
    event.stopPropagation();
    take(all[0]);
  };
  return (
    <ModalOverlay className="veil found__veil" isOpen isDismissable onOpenChange={onClose}>
      <Modal className="found__modal">
        <Dialog className="dialog found">
          <Heading slot="title" level={2} className="unseen">
            {t('search.title')}
          </Heading>
          <Autocomplete inputValue={text} onInputChange={type}>
            <SearchField className="field" autoFocus maxLength={TYPED_MAX_CHARACTERS}>
              <Label className="unseen">{t('search.label')}</Label>
              <div className="field__box found__box" onKeyDownCapture={takeFirst}>
                <Search size={18} aria-hidden />
                <Input
                  className="field__input"
                  role="combobox"
                  aria-expanded
                  aria-haspopup="listbox"
                  placeholder={t('search.hint')}
                />
                <kbd>Esc</kbd>
              </div>
            </SearchField>
            <ListBox
              className="options found__list"
              aria-label={t('search.found')}
              selectionMode="none"
              onAction={(id) => take(all.find((entry) => entry.id === id))}
              renderEmptyState={() => <p className="options__empty">{t('search.none')}</p>}
            >
              {sections.map(({ name, entries }) => (
                <ListBoxSection key={name} id={name}>
                  <Header className="options__heading">{t(`search.section.${name}`)}</Header>
                  {entries.map((entry) => (
                    <Row key={entry.id} entry={entry} />
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
          <p className="found__foot soft">{t('search.foot')}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
