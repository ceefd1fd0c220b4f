import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import { useKindName } from '../../api/reference';
import { useHistory, useIncidentPlayback, useReviewNotes, type History } from '../../api/review';
import { Rounds } from '../../ui/Rounds';
import { Loaded } from '../../ui/states';
import { BackLink } from '../../ui/SubjectPage';
import { Entries } from './Entries';
import { AddNote, Notes } from './Notes';
import { Replay } from './Replay';
import './review.css';

function Agreement({ differs }: { differs: readonly string[] }) {
  const { t } = useTranslation();
  if (differs.length === 0) {
    return (
      <p className="line-up soft">
        <CircleCheck size={16} aria-hidden />
        {t('review.agrees')}
      </p>
    );
  }
  return (
    <div className="note note--bad" role="alert">
      <TriangleAlert size={16} aria-hidden />
      <div>
        <p className="note__text">{t('review.differs')}</p>
        {differs.map((one) => (
          <p key={one}>{one}</p>
        ))}
      </div>
    </div>
  );
}

function Body({ history }: { history: History }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const playback = useIncidentPlayback(history.id);
  const notes = useReviewNotes(history.id);
  const noted = new Map((notes.data ?? []).map((note) => [note.step_id, note.text]));
  return (
    <div className="page page--long">
      <div className="page__head">
        <BackLink to={`/incidents/${history.id}`} label={t('review.back')} />
        <h1>{t('review.title', { kind: kindName(history.kind) })}</h1>
        <span className="soft figures">{history.number}</span>
        <Agreement differs={history.differs} />
      </div>
      <Loaded query={playback}>{(data) => <Replay playback={data} />}</Loaded>
      <div className="review-page__columns">
        <div className="stack">
          <Rounds rounds={history.rounds} />
          <Loaded query={notes}>
            {(data) => <Notes notes={data} incidentId={history.id} />}
          </Loaded>
        </div>
        <Entries
          title={t('timeline.title')}
          entries={history.entries}
          leftOff={history.left_off}
          below={(entry) => (
            <>
              {noted.has(entry.id) && (
                <span className="timeline__fact">
                  {t('review.noted')} {noted.get(entry.id)}
                </span>
              )}
              <AddNote incidentId={history.id} stepId={entry.id} />
            </>
          )}
        />
      </div>
    </div>
  );
}

/** Looking back on one incident: replayed, its rounds, its timeline, and what is to be learnt. */
export function ReviewPage() {
  const { id = '' } = useParams();
  const history = useHistory(id);
  return (
    <Loaded whole query={history} skeletonRows={12}>
      {(data) => <Body key={data.id} history={data} />}
    </Loaded>
  );
}
