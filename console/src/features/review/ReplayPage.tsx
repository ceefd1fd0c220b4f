import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDeskPlayback } from '../../api/review';
import { Empty, Loaded } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { Replay } from './Replay';
import './review.css';

const HOUR_MS = 3600_000;

/** `2026-11-22T08:00`, as a field for a moment of this place's clock has it. */
function asField(at_ms: number): string {
  const at = new Date(at_ms - new Date(at_ms).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
}

/** An hour of the desk, replayed. */
export function ReplayPage() {
  const { t } = useTranslation();
  const [since, setSince] = useState(() => asField(Date.now() - HOUR_MS));
  const since_ms = Date.parse(since);
  const isMoment = Number.isFinite(since_ms);
  const playback = useDeskPlayback(
    isMoment ? new Date(since_ms).toISOString() : '',
    isMoment ? new Date(since_ms + HOUR_MS).toISOString() : '',
  );
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.replay')}</h1>
        <TextInput
          label={t('replay.hour_from')}
          type="datetime-local"
          value={since}
          onChange={setSince}
        />
      </div>
      {isMoment ? (
        <Loaded query={playback}>
          {(data) => <Replay key={data.since} playback={data} />}
        </Loaded>
      ) : (
        <Empty steps={null} title={t('replay.choose')} text={t('replay.choose_text')} />
      )}
    </div>
  );
}
