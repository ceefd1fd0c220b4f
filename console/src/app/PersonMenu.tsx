import { CircleUserRound, KeyRound, LogOut, Palette } from 'lucide-react';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { nameOf } from '../api/reference';
import { useMe, useSignOut } from '../api/session';
import { Button } from '../ui/Button';
import { DENSITIES, setDensity, useDensity } from '../ui/density';
import { setTheme, THEMES, useTheme } from '../ui/theme';

/** How the screen looks to the person, the account, and the way out. Open from the start. */
export function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const theme = useTheme();
  const density = useDensity();
  const signOut = useSignOut();
  const navigate = useNavigate();
  return (
    <MenuTrigger defaultOpen>
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
          <MenuSection
            selectionMode="single"
            selectedKeys={[density]}
            onSelectionChange={(selected) => {
              const next = DENSITIES.find((name) => selected !== 'all' && selected.has(name));
              if (next) setDensity(next);
            }}
          >
            <Header className="options__heading">{t('shell.density')}</Header>
            {DENSITIES.map((name) => (
              <MenuItem key={name} id={name} className="option">
                {t(`density.${name}`)}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuItem className="option" onAction={() => void navigate('/account')}>
            <KeyRound size={16} aria-hidden />
            {t('account.title')}
          </MenuItem>
          {me.role === 'ADMINISTRATOR' && (
            <MenuItem className="option" onAction={() => void navigate('/gallery')}>
              <Palette size={16} aria-hidden />
              {t('gallery.title')}
            </MenuItem>
          )}
          <MenuItem className="option" onAction={() => signOut.mutate(null)}>
            <LogOut size={16} aria-hidden />
            {t('session.sign_out')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
