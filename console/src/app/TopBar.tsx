import { CircleUserRound, KeyRound, LogOut } from 'lucide-react';
import { Menu, MenuItem, MenuTrigger, Popover, Header, MenuSection } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { nameOf } from '../api/reference';
import { useServerNow, useServerRate } from '../api/serverClock';
import { useMay, useMe, useSignOut } from '../api/session';
import { currentLanguage } from '../i18n';
import { Button } from '../ui/Button';
import { LanguageSwitch } from '../ui/LanguageSwitch';
import { setTheme, THEMES, useTheme } from '../ui/theme';
import { Connection } from './Connection';
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

function Person() {
  const { t } = useTranslation();
  const me = useMe();
  const theme = useTheme();
  const signOut = useSignOut();
  const navigate = useNavigate();
  return (
    <MenuTrigger>
      <Button look="quiet" aria-label={t('shell.person', { name: nameOf(me) })}>
        <CircleUserRound size={18} aria-hidden />
        <span className="bar__name">{nameOf(me)}</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="options">
          <MenuSection
            selectionMode="single"
            selectedKeys={[theme]}
            onSelectionChange={(selected) => {
              const next = THEMES.find((name) => selected !== 'all' && selected.has(name));
              if (next) setTheme(next);
            }}
          >
            <Header className="options__heading">{t('shell.theme')}</Header>
            {THEMES.map((name) => (
              <MenuItem key={name} id={name} className="option">
                {t(`theme.${name}`)}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuItem className="option" onAction={() => void navigate('/account')}>
            <KeyRound size={16} aria-hidden />
            {t('account.title')}
          </MenuItem>
          <MenuItem className="option" onAction={() => signOut.mutate(null)}>
            <LogOut size={16} aria-hidden />
            {t('session.sign_out')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
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
      <ServerTime />
      <Connection />
      {may && <SoundSwitch />}
      <LanguageSwitch />
      <Person />
    </header>
  );
}
