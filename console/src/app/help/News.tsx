import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { newsSince } from './news';
import { newsEntries, type NewsEntry } from './pages';

/** What has come since this browser was last told, from the changelog, which is in English. */
export function News({ told }: { told: string }) {
  const { t } = useTranslation();
  const [entries, setEntries] = useState<readonly NewsEntry[]>([]);
  useEffect(() => {
    let isWanted = true;
    void newsEntries().then((all) => {
      if (isWanted) setEntries(newsSince(all, told));
    });
    return () => {
      isWanted = false;
    };
  }, [told]);
  return (
    <details className="help__news" open>
      <summary>{t('help.news')}</summary>
      <ul lang="en">
        {entries.map(({ mark, html }) => (
          <li key={mark} dangerouslySetInnerHTML={{ __html: html }} />
        ))}
      </ul>
    </details>
  );
}
