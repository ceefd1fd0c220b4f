/** Whether the way round is being shown, and whether this browser has been shown it. */
import { useSyncExternalStore } from 'react';

const KEY = 'anlan.tour';
const watchers = new Set<() => void>();
let isOn = false;

function turn(on: boolean): void {
  isOn = on;
  watchers.forEach((watcher) => watcher());
}

/** Whether this browser has been shown the way round, or has left it. */
export function wasToured(): boolean {
  return localStorage.getItem(KEY) !== null;
}

export function startTour(): void {
  turn(true);
}

/** Leave the way round; it does not begin by itself again. */
export function endTour(): void {
  localStorage.setItem(KEY, 'left');
  turn(false);
}

/** Stop showing it now, without having left it. */
export function hushTour(): void {
  turn(false);
}

export function useTouring(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => isOn,
  );
}
