/** The move that may be undone now: the last one made, while it is offered. */
import { useSyncExternalStore } from 'react';

import type { Undo } from './counterMoves';

export interface UndoOffer {
  id: number;
  undo: Undo;
  /** The cached reads that undoing makes out of date, like the move before. */
  stale: readonly (readonly string[])[];
}

let offered: UndoOffer | null = null;
let count = 0;
const watchers = new Set<() => void>();

function show(next: UndoOffer | null): void {
  offered = next;
  watchers.forEach((watcher) => watcher());
}

/** Offer to undo what was just done; what was offered before is offered no more. */
export function offerUndo(undo: Undo, stale: UndoOffer['stale']): void {
  count += 1;
  show({ id: count, undo, stale });
}

/** Offer it no more; whatever has come after it stays. */
export function endOffer(id: number): void {
  if (offered?.id === id) show(null);
}

export function useUndoOffer(): UndoOffer | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => offered,
  );
}
