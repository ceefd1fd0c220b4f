/** What the box offers besides what the server finds: screens, actions, how the screen looks. */
import type { ParseKeys } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useMe, useSignOut } from '../../api/session';
import { useSavedViews } from '../../api/views';
import { currentLanguage, setLanguage, useOtherLanguage } from '../../i18n';
import { DENSITIES, setDensity } from '../../ui/density';
import { setTheme, THEMES } from '../../ui/theme';
import { placesOf } from '../places';
import type { Entry } from './entries';
import { screenActions } from './screenActions';

/** The screens of the role, its account last. */
export function useScreens(): Entry[] {
  const { t } = useTranslation();
  const { role } = useMe();
  const other = useOtherLanguage();
  return useMemo(
    () => [
      ...placesOf(role).map(({ name, path, picture }) => ({
        id: `screen:${name}`,
        name: t(`place.${name}`),
        names: [t(`place.${name}`), other(`place.${name}`)],
        detail: other(`place.${name}`),
        picture,
        to: path,
      })),
      {
        id: 'screen:account',
        name: t('account.title'),
        names: [t('account.title'), other('account.title')],
        detail: other('account.title'),
        to: '/account',
      },
    ],
    [role, t, other],
  );
}

/** The saved views of the lists that the role is offered. */
export function useViews(): Entry[] {
  const { t } = useTranslation();
  const { role } = useMe();
  const { data } = useSavedViews();
  return useMemo(() => {
    const lists = new Map(placesOf(role).map((place) => [place.name as string, place]));
    return (data ?? []).flatMap(({ id, screen, name, filters }) => {
      const list = lists.get(screen);
      if (list === undefined) return [];
      const to = `${list.path}?${new URLSearchParams(filters).toString()}`;
      const detail = t(`place.${list.name}`);
      return [{ id: `view:${id}`, name, names: [name], detail, picture: list.picture, to }];
    });
  }, [role, data, t]);
}

/** The buttons of the screen that was open when the box was opened. */
export function useActions(): Entry[] {
  return useMemo(
    () =>
      screenActions().map(({ name, keys, run }, index) => ({
        id: `action:${index}`,
        name,
        names: [name],
        keys,
        run,
      })),
    [],
  );
}

/** Language, appearance, how close rows stand, and the way out. */
export function useSettings(): Entry[] {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const other = useOtherLanguage();
  const chosen = (about: ParseKeys, key: ParseKeys, run: () => void): Entry => {
    const name = `${t(about)}: ${t(key)}`;
    return { id: key, name, names: [name, t(key), `${other(about)}: ${other(key)}`], run };
  };
  return [
    {
      id: 'set:language',
      name: t('shell.other_language_label'),
      names: [t('shell.other_language_label'), other('shell.other_language_label')],
      run: () => void setLanguage(currentLanguage() === 'en' ? 'zh-CN' : 'en'),
    },
    ...THEMES.map((one) => chosen('shell.theme', `theme.${one}`, () => setTheme(one))),
    ...DENSITIES.map((one) => chosen('shell.density', `density.${one}`, () => setDensity(one))),
    {
      id: 'set:out',
      name: t('session.sign_out'),
      names: [t('session.sign_out'), other('session.sign_out')],
      run: () => signOut.mutate(null),
    },
  ];
}
