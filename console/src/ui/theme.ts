/** Day or night: the machine's setting unless the person chose. */
import { useSyncExternalStore } from 'react';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'anlan.theme';
const night = window.matchMedia('(prefers-color-scheme: dark)');
const watchers = new Set<() => void>();

function stored(): Theme {
  const value = localStorage.getItem(STORAGE_KEY);
  return THEMES.find((theme) => theme === value) ?? 'auto';
}

let theme = stored();

function show(): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  watchers.forEach((watcher) => watcher());
}

/** Apply the stored choice. Called once, before the first screen. */
export function startTheme(): void {
  night.addEventListener('change', show);
  show();
}

export function setTheme(next: Theme): void {
  theme = next;
  localStorage.setItem(STORAGE_KEY, next);
  show();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => theme);
}

/** Whether the screen is dark now. */
export function useIsNight(): boolean {
  return useSyncExternalStore(subscribe, () =>
    theme === 'auto' ? night.matches : theme === 'dark',
  );
}
