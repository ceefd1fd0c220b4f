import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../api/problem';
import { nameOf } from '../../api/reference';
import { useStaff, type ReviewNote, type ReviewNoteIn } from '../../api/review';
import { Choice } from '../../ui/Choice';
import { FormDialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/TextInput';

export const KINDS = ['WENT_WELL', 'TO_CHANGE', 'FOLLOW_UP'] as const;

interface Props {
  button: ReactNode;
  title: string;
  /** The note that is corrected, if one is. */
  note?: ReviewNote;
  stepId: string | null;
  problem: Problem | null;
  isPending: boolean;
  onSubmit: (given: ReviewNoteIn, close: () => void) => void;
}

/** What is being written: what a note says already, or nothing yet. */
function useDraft(note: ReviewNote | undefined) {
  const [kind, setKind] = useState<ReviewNoteIn['kind']>(note?.kind ?? 'WENT_WELL');
  const [text, setText] = useState(note?.text ?? '');
  const [owner, setOwner] = useState(note?.owner?.id ?? null);
  const [due, setDue] = useState(note?.due_date ?? '');
  return { kind, setKind, text, setText, owner, setOwner, due, setDue };
}

/** What went well, what to change, or a follow-up with somebody who owns it and a date. */
export function NoteForm({ button, title, note, stepId, problem, isPending, onSubmit }: Props) {
  const { t } = useTranslation();
  const staff = useStaff().data ?? [];
  const { kind, setKind, text, setText, owner, setOwner, due, setDue } = useDraft(note);
  const follows = kind === 'FOLLOW_UP';
  const isOwned = !follows || (owner !== null && due !== '');
  return (
    <FormDialog
      button={button}
      title={title}
      text={t('review.about_work')}
      confirm={t('review.keep')}
      problem={problem}
      isPending={isPending}
      isReady={text.trim() !== '' && isOwned}
      onSubmit={(close) =>
        onSubmit(
          {
            kind,
            text,
            step_id: stepId,
            owner_id: follows ? owner : null,
            due_date: follows ? due : null,
          },
          close,
        )
      }
    >
      <Choice
        label={t('review.kind')}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, text: t(`review_kind.${value}`) }))}
      />
      <TextInput label={t('review.text')} rows={4} value={text} onChange={setText} isRequired />
      {follows && (
        <>
          <Choice
            label={t('review.owner')}
            placeholder={t('fact.choose')}
            value={owner}
            onChange={setOwner}
            options={staff.map((one) => ({ value: one.id, text: nameOf(one) }))}
          />
          <TextInput label={t('review.due')} type="date" value={due} onChange={setDue} isRequired />
        </>
      )}
    </FormDialog>
  );
}
