import i18next, { type ParseKeys } from 'i18next';
import { useCallback, useEffect, useState } from 'react';
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

type Part = () => Promise<{ default: object }>;

/** The messages by language, each fetched when somebody reads it: the first screens' before the rest. */
const MESSAGES: Record<Language, { first: Part; rest: Part }> = {
  'zh-CN': { first: () => import('./zh-CN.json?first'), rest: () => import('./zh-CN.json?rest') },
  en: { first: () => import('./en.json?first'), rest: () => import('./en.json?rest') },
};

async function fetchPart(language: Language, part: keyof (typeof MESSAGES)[Language]): Promise<void> {
  const messages = (await MESSAGES[language][part]()).default;
  i18next.addResourceBundle(language, NAMESPACE, messages, true, true);
}

/** Fetch what the screens say that nobody starts on, in the language that is read now. */
export async function fetchRest(): Promise<void> {
  await fetchPart(currentLanguage(), 'rest');
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
  await Promise.all([fetchPart(language, 'first'), fetchPart(language, 'rest')]);
  await i18next.changeLanguage(language);
}

/** A function from a message to what it is in the other language; empty until that has been read. */
export function useOtherLanguage(): (key: ParseKeys) => string {
  const other: Language = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  const [read, setRead] = useState<Language | null>(null);
  useEffect(() => {
    let isWanted = true;
    void Promise.all([fetchPart(other, 'first'), fetchPart(other, 'rest')]).then(() => {
      if (isWanted) setRead(other);
    });
    return () => {
      isWanted = false;
    };
  }, [other]);
  return useCallback(
    (key) => (read === other ? i18next.getFixedT(other)(key) : ''),
    [read, other],
  );
}

function describeDocument(language: string): void {
  document.documentElement.lang = language;
  document.title = i18next.t('app.title');
}

/** Load the messages of the first screens. Called once, before any. */
export async function startMessages(): Promise<void> {
  const language = firstLanguage();
  i18next.on('languageChanged', describeDocument);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: LANGUAGES,
    resources: { [language]: { [NAMESPACE]: (await MESSAGES[language].first()).default } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  describeDocument(i18next.language);
}
