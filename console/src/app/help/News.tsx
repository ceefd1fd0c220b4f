import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { newsSince } from './news';
import { newsEntries, type NewsEntry } from './pages';

/** What has come since this browser was last told, from the changelog. */
export function News({ told }: { told: string }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const [entries, setEntries] = useState<readonly NewsEntry[]>([]);
  useEffect(() => {
    let isWanted = true;
    void newsEntries(language).then((all) => {
      if (isWanted) setEntries(newsSince(all, told));
    });
    return () => {
      isWanted = false;
    };
  }, [told, language]);
  return (
    <details className="help__news" open>
      <summary>{t('help.news')}</summary>
      <ul>
        {entries.map(({ mark, html }) => (
          <li key={mark} dangerouslySetInnerHTML={{ __html: html }} />
        ))}
      </ul>
    </details>
  );
}
