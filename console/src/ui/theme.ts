/** Day or night: the machine's setting unless the person chose. */
import { useEffect, useSyncExternalStore } from 'react';

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
/** A screen that hangs in a dim room is dark unless the person chose. */
let inRoom = false;

function show(): void {
  const shown = theme === 'auto' && inRoom ? 'dark' : theme;
  if (shown === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = shown;
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

/** Dark while this screen is open, whatever the machine says: for walls. */
export function useDarkRoom(): void {
  useEffect(() => {
    inRoom = true;
    show();
    return () => {
      inRoom = false;
      show();
    };
  }, []);
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
    theme === 'auto' ? inRoom || night.matches : theme === 'dark',
  );
}
