import { Check, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useChangeView, useRemoveView, VIEW_NAME_MAX_CHARACTERS, type SavedView } from '../api/views';
import { Button } from './Button';
import { ProblemNote } from './states';
import { TextInput } from './TextInput';

interface Props {
  view: SavedView;
  isInUse: boolean;
  takesFocus: boolean;
  onChoose: () => void;
}

interface EditProps {
  view: SavedView;
  onEnd: () => void;
}

function Rename({ view, onEnd }: EditProps) {
  const { t } = useTranslation();
  const change = useChangeView();
  const [typed, setTyped] = useState(view.name);
  const name = typed.trim();
  return (
    <form
      className="views__save"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '' && !change.isPending) change.mutate({ ...view, name }, { onSuccess: onEnd });
      }}
    >
      <TextInput label={t('views.name')} value={typed} onChange={setTyped} maxLength={VIEW_NAME_MAX_CHARACTERS} autoFocus />
      <Button type="submit" look="main" isDisabled={name === '' || change.isPending}>
        {t('views.save')}
      </Button>
      <Button onPress={onEnd}>{t('action.cancel')}</Button>
      <ProblemNote problem={change.error} />
    </form>
  );
}

function Remove({ view, onEnd }: EditProps) {
  const { t } = useTranslation();
  const remove = useRemoveView();
  return (
    <div className="line-up">
      <p>{t('views.remove_asked', { name: view.name })}</p>
      <Button
        look="danger"
        autoFocus
        isDisabled={remove.isPending}
        onPress={() => remove.mutate({ id: view.id })}
      >
        {t('views.remove')}
      </Button>
      <Button onPress={onEnd}>{t('action.cancel')}</Button>
      <ProblemNote problem={remove.error} />
    </div>
  );
}

/** One saved view: chosen by its name; renamed and removed beside it. */
export function ViewRow({ view, isInUse, takesFocus, onChoose }: Props) {
  const { t } = useTranslation();
  const [edit, setEdit] = useState<'rename' | 'remove' | null>(null);
  /** The row takes the focus back from what stood in its place. */
  const [comesBack, setComesBack] = useState(false);
  const end = (): void => {
    setComesBack(true);
    setEdit(null);
  };
  if (edit !== null) {
    const Edit = edit === 'rename' ? Rename : Remove;
    return (
      <li>
        <Edit view={view} onEnd={end} />
      </li>
    );
  }
  const { name } = view;
  return (
    <li className="views__row">
      <Button look="quiet" autoFocus={takesFocus || comesBack} aria-current={isInUse} onPress={onChoose}>
        <span className="views__mark">{isInUse && <Check size={16} aria-hidden />}</span>
        <span className="views__name">{name}</span>
      </Button>
      <Button icon look="quiet" aria-label={t('views.rename', { name })} onPress={() => setEdit('rename')}>
        <Pencil size={14} aria-hidden />
      </Button>
      <Button icon look="quiet" aria-label={t('views.remove_this', { name })} onPress={() => setEdit('remove')}>
        <Trash2 size={14} aria-hidden />
      </Button>
    </li>
  );
}
