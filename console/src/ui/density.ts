/** How close rows and controls stand: as the person chose at this machine. */
import { useSyncExternalStore } from 'react';

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

const STORAGE_KEY = 'anlan.density';
const watchers = new Set<() => void>();

function stored(): Density {
  const value = localStorage.getItem(STORAGE_KEY);
  return DENSITIES.find((density) => density === value) ?? 'comfortable';
}

let density = stored();

function show(): void {
  document.documentElement.dataset['density'] = density;
  watchers.forEach((watcher) => watcher());
}

/** Apply the stored choice. Called once, before the first screen. */
export function startDensity(): void {
  show();
}

export function setDensity(next: Density): void {
  density = next;
  localStorage.setItem(STORAGE_KEY, next);
  show();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useDensity(): Density {
  return useSyncExternalStore(subscribe, () => density);
}
