/** Which groups of the menu are closed, kept for this person at this machine. */
import { useSyncExternalStore } from 'react';

import type { PlaceGroup } from './places';

type GroupName = PlaceGroup['name'];

const STORAGE_KEY = 'anlan.closed_groups';
const watchers = new Set<() => void>();

let closed: readonly string[] = (localStorage.getItem(STORAGE_KEY) ?? '').split(' ');

/** Open a group that is closed, close one that is open. */
export function turnGroup(name: GroupName): void {
  closed = closed.includes(name) ? closed.filter((one) => one !== name) : [...closed, name];
  localStorage.setItem(STORAGE_KEY, closed.join(' '));
  watchers.forEach((watcher) => watcher());
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useClosedGroups(): readonly string[] {
  return useSyncExternalStore(subscribe, () => closed);
}
