import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import type zhCN from './zh-CN.json';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const NAMESPACE = 'translation';
const STORAGE_KEY = 'anlan.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zhCN };
  }
}

function isLanguage(value: string | null): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The messages by language, each fetched when somebody reads it. */
const MESSAGES: Record<Language, () => Promise<{ default: object }>> = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
};

async function fetchMessages(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, NAMESPACE)) return;
  i18next.addResourceBundle(language, NAMESPACE, (await MESSAGES[language]()).default);
}

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** The language the person reads now. */
export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

/** Change the language of every message on screen, and remember the choice. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language);
  await fetchMessages(language);
  await i18next.changeLanguage(language);
}

function describeDocument(language: string): void {
  document.documentElement.lang = language;
  document.title = i18next.t('app.title');
}

/** Load the messages. Called once, before the first screen. */
export async function startMessages(): Promise<void> {
  const language = firstLanguage();
  i18next.on('languageChanged', describeDocument);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: LANGUAGES,
    resources: { [language]: { [NAMESPACE]: (await MESSAGES[language]()).default } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  describeDocument(i18next.language);
}
