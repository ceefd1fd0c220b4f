/** What sort of screen this is. */
import { useSyncExternalStore } from 'react';

const PHONE = '(max-width: 48rem)';

function subscribe(watcher: () => void): () => void {
  const phone = window.matchMedia(PHONE);
  phone.addEventListener('change', watcher);
  return () => phone.removeEventListener('change', watcher);
}

/** Whether the screen is as narrow as a phone's (the same width as in the style sheets). */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(PHONE).matches);
}
