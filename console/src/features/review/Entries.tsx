import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { HistoryEntry } from '../../api/review';
import { Panel } from '../../ui/Panel';
import { useAbout } from '../../ui/Timeline';
import { useMaker } from '../../ui/useMaker';
import { When } from '../../ui/When';

interface Props {
  title: string;
  entries: readonly HistoryEntry[];
  /** How many earlier ones are not listed. */
  leftOff?: number;
  /** What stands below an entry: the notes on it, a button. */
  below?: (entry: HistoryEntry) => ReactNode;
}

/** Steps in words: when they count, and when they were heard where that was later. */
export function Entries({ title, entries, leftOff = 0, below }: Props) {
  const { t } = useTranslation();
  const about = useAbout('incident');
  const maker = useMaker();
  return (
    <Panel title={title} count={entries.length + leftOff}>
      {leftOff > 0 && <p className="soft">{t('review.left_off', { count: leftOff })}</p>}
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className="timeline__head">
              <span>
                {t(`incident_step.${entry.move}`, { defaultValue: entry.move })}{' '}
                <strong>{about(entry.facts)}</strong>
              </span>
              <When at={entry.at} />
            </span>
            <span className="soft">
              <span className="figures">{entry.incident_number}</span> · {maker(entry.made_by_name)}
              {entry.heard_at !== entry.at && (
                <>
                  {' · '}
                  {t('review.heard')} <When at={entry.heard_at} />
                </>
              )}
            </span>
            {below?.(entry)}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
