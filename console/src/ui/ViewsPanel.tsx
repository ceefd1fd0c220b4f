import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  useChangeView,
  useSaveView,
  VIEW_NAME_MAX_CHARACTERS,
  type Filters,
  type SavedView,
  type ViewScreen,
} from '../api/views';
import { Button } from './Button';
import { ProblemNote } from './states';
import { TextInput } from './TextInput';
import { ViewRow } from './ViewRow';
import './views.css';

interface SaveProps {
  screen: ViewScreen;
  views: readonly SavedView[];
  shown: Filters;
  onSaved: () => void;
}

/** Save what is shown under a name; a name that is there already is set to what is shown. */
function SaveAs({ screen, views, shown, onSaved }: SaveProps) {
  const { t } = useTranslation();
  const save = useSaveView();
  const change = useChangeView();
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const there = views.find((one) => one.name === name);
  const isPending = save.isPending || change.isPending;
  return (
    <form
      className="views__save"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === '' || isPending) return;
        if (there === undefined) save.mutate({ screen, name, filters: shown }, { onSuccess: onSaved });
        else change.mutate({ ...there, filters: shown }, { onSuccess: onSaved });
      }}
    >
      <TextInput
        label={t('views.save_as')}
        hint={there === undefined ? t('views.kept') : t('views.replaces')}
        value={typed}
        onChange={setTyped}
        maxLength={VIEW_NAME_MAX_CHARACTERS}
        autoFocus={views.length === 0}
      />
      <Button type="submit" look="main" isDisabled={name === '' || isPending}>
        {t('views.save')}
      </Button>
      <ProblemNote problem={save.error ?? change.error} />
    </form>
  );
}

interface Props extends SaveProps {
  inUse: SavedView | undefined;
  onChoose: (view: SavedView) => void;
}

/** The views of a list, and saving another one. */
export function ViewsPanel({ inUse, onChoose, ...save }: Props) {
  const { t } = useTranslation();
  const panel = useRef<HTMLDivElement>(null);
  const count = save.views.length;
  const before = useRef(count);
  useEffect(() => {
    // What had the focus went with its row.
    if (count < before.current) panel.current?.querySelector<HTMLElement>('button, input')?.focus();
    before.current = count;
  }, [count]);
  return (
    <div className="views__panel" ref={panel}>
      {count === 0 ? (
        <p className="soft">{t('views.none')}</p>
      ) : (
        <ul>
          {save.views.map((view, place) => (
            <ViewRow
              key={view.id}
              view={view}
              isInUse={view === inUse}
              takesFocus={inUse === undefined ? place === 0 : view === inUse}
              onChoose={() => onChoose(view)}
            />
          ))}
        </ul>
      )}
      <SaveAs {...save} />
    </div>
  );
}
