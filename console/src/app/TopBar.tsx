import { CircleUserRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../api/reference';
import { useServerNow, useServerRate } from '../api/serverClock';
import { useMay, useMe } from '../api/session';
import { currentLanguage } from '../i18n';
import { Button } from '../ui/Button';
import { LanguageSwitch } from '../ui/LanguageSwitch';
import { Connection } from './Connection';
import { HelpOpener } from './help/HelpOpener';
import { SearchOpener } from './SearchOpener';
import { SoundSwitch } from './SoundSwitch';

/** The server's time of day; how many times faster it runs, when it is a simulated day. */
function ServerTime() {
  const { t } = useTranslation();
  const now = new Date(useServerNow());
  const rate = useServerRate();
  const shown = now.toLocaleTimeString(currentLanguage(), { hourCycle: 'h23' });
  return (
    <span className="bar__time figures">
      <time dateTime={now.toISOString()}>{shown}</time>
      {rate > 1 && <span className="chip chip--warn">{t('shell.rate', { rate })}</span>}
    </span>
  );
}

const PersonMenu = lazy(async () => ({ default: (await import('./PersonMenu')).PersonMenu }));

/** The key of what concerns the person alone; its menu is fetched when it is first opened. */
function Person() {
  const { t } = useTranslation();
  const me = useMe();
  const [isWanted, setIsWanted] = useState(false);
  const key = (
    <Button
      look="quiet"
      aria-label={t('shell.person', { name: nameOf(me) })}
      aria-haspopup="menu"
      aria-expanded={false}
      onPress={() => setIsWanted(true)}
    >
      <CircleUserRound size={18} aria-hidden />
      <span className="bar__name">{nameOf(me)}</span>
    </Button>
  );
  return isWanted ? (
    <Suspense fallback={key}>
      <PersonMenu />
    </Suspense>
  ) : (
    key
  );
}

/** Name, jurisdiction, time, connection, language and person. */
export function TopBar() {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay('incident.assign');
  return (
    <header className="bar">
      <span className="bar__brand">{t('app.name')}</span>
      <span className="bar__where">
        {nameOf(me.organisation)}
        <span className="soft"> · {t(`role.${me.role}`, { defaultValue: me.role })}</span>
      </span>
      <span className="bar__gap" />
      <SearchOpener />
      <ServerTime />
      <Connection />
      {may && <SoundSwitch />}
      <HelpOpener />
      <LanguageSwitch />
      <Person />
    </header>
  );
}
