/** What the map shows besides incidents and units: as the person chose at this machine. */
import { useSyncExternalStore } from 'react';

export const LAYERS = ['owners', 'cases', 'coverage', 'closures', 'sites', 'posts'] as const;
export type Layer = (typeof LAYERS)[number];

/** What a person's rights must hold for a layer; the rest everybody sees who sees the map. */
export const NEEDS: Partial<Record<Layer, string>> = {
  cases: 'case.read',
  coverage: 'coverage.read',
};

const STORAGE_KEY = 'anlan.map_layers';
const KIND_KEY = 'anlan.map_coverage_kind';
const watchers = new Set<() => void>();

function stored(): readonly Layer[] {
  const named = (localStorage.getItem(STORAGE_KEY) ?? '').split(' ');
  return LAYERS.filter((layer) => named.includes(layer));
}

let chosen = stored();
let kind = localStorage.getItem(KIND_KEY) ?? '';

export function chooseLayers(next: readonly string[]): void {
  chosen = LAYERS.filter((layer) => next.includes(layer));
  localStorage.setItem(STORAGE_KEY, chosen.join(' '));
  watchers.forEach((watcher) => watcher());
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useChosenLayers(): readonly Layer[] {
  return useSyncExternalStore(subscribe, () => chosen);
}

/** Show how far units of one kind get, or (empty) of all. */
export function chooseCoverageKind(next: string): void {
  kind = next;
  localStorage.setItem(KIND_KEY, next);
  watchers.forEach((watcher) => watcher());
}

export function useCoverageKind(): string {
  return useSyncExternalStore(subscribe, () => kind);
}
