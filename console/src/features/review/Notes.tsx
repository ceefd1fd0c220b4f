import { useTranslation } from 'react-i18next';

import { nameOf } from '../../api/reference';
import { useAddReviewNote, useCorrectReviewNote, type ReviewNote } from '../../api/review';
import { useMay } from '../../api/session';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';
import { KINDS, NoteForm } from './NoteForm';

interface NoteProps {
  note: ReviewNote;
  incidentId: string;
}

/** Correct a note, say that a follow-up is done, withdraw it: each is a further version. */
function Changes({ note, incidentId }: NoteProps) {
  const { t } = useTranslation();
  const correct = useCorrectReviewNote(incidentId);
  const { id, version, kind, text, step_id, owner, due_date } = note;
  const same = { id, version, kind, text, step_id, owner_id: owner?.id ?? null, due_date };
  return (
    <div className="line-up">
      <NoteForm
        key={version}
        button={<Button>{t('review.correct')}</Button>}
        title={t('review.correct')}
        note={note}
        stepId={step_id}
        problem={correct.error}
        isPending={correct.isPending}
        onSubmit={(given, close) =>
          correct.mutate({ ...given, id, version, state: 'STANDS' }, { onSuccess: close })
        }
      />
      {kind === 'FOLLOW_UP' && (
        <Button onPress={() => correct.mutate({ ...same, state: 'DONE' })}>
          {t('review.done')}
        </Button>
      )}
      <Button look="quiet" onPress={() => correct.mutate({ ...same, state: 'WITHDRAWN' })}>
        {t('review.withdraw')}
      </Button>
      <ProblemNote problem={correct.error} />
    </div>
  );
}

/** One note, who owns what follows, and what it said before. */
export function Note({ note, incidentId }: NoteProps) {
  const { t } = useTranslation();
  const mayWrite = useMay('review.write');
  return (
    <article className={`review-note review-note--${note.state.toLowerCase()}`}>
      <p className="review-note__text">{note.text}</p>
      <p className="soft">
        {note.made_by_name} · <When at={note.made_at} />
        {note.version > 1 && ` · ${t('review.version', { version: note.version })}`}
        {note.state !== 'STANDS' && ` · ${t(`review_state.${note.state}`)}`}
      </p>
      {note.kind === 'FOLLOW_UP' && (
        <p>
          {t('review.owned', {
            owner: note.owner ? nameOf(note.owner) : '–',
            date: note.due_date ?? '–',
          })}
        </p>
      )}
      {note.earlier.length > 0 && (
        <details>
          <summary>{t('review.earlier', { count: note.earlier.length })}</summary>
          <ol className="review-note__earlier">
            {note.earlier.map((one) => (
              <li key={one.version}>
                {one.text}{' '}
                <span className="soft">
                  {one.made_by_name} · <When at={one.made_at} />
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
      {mayWrite && note.state === 'STANDS' && <Changes note={note} incidentId={incidentId} />}
    </article>
  );
}

/** A button that adds a note, on one entry of the timeline or on the whole incident. */
export function AddNote({ incidentId, stepId }: { incidentId: string; stepId: string | null }) {
  const { t } = useTranslation();
  const mayWrite = useMay('review.write');
  const add = useAddReviewNote(incidentId);
  if (!mayWrite) return null;
  return (
    <NoteForm
      button={
        <Button look={stepId === null ? 'main' : 'quiet'}>
          {t(stepId === null ? 'review.add' : 'review.add_here')}
        </Button>
      }
      title={t('review.add')}
      stepId={stepId}
      problem={add.error}
      isPending={add.isPending}
      onSubmit={(given, close) => add.mutate(given, { onSuccess: close })}
    />
  );
}

/** The notes on an incident, by what they say. */
export function Notes({ notes, incidentId }: { notes: readonly ReviewNote[]; incidentId: string }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('review.notes')}
      count={notes.length}
      tools={<AddNote incidentId={incidentId} stepId={null} />}
    >
      {notes.length === 0 && <p className="soft">{t('review.no_notes')}</p>}
      {KINDS.map((kind) => {
        const some = notes.filter((note) => note.kind === kind);
        if (some.length === 0) return null;
        return (
          <section key={kind} aria-label={t(`review_kind.${kind}`)}>
            <h3>{t(`review_kind.${kind}`)}</h3>
            {some.map((note) => (
              <Note key={note.id} note={note} incidentId={incidentId} />
            ))}
          </section>
        );
      })}
    </Panel>
  );
}
