/** What makes the console an app on a crew's telephone: it starts, and shows its job, without network. */
import type { QueryClient } from '@tanstack/react-query';

import { api } from '../api/client';

const WORKER = '/sw.js';
const SCOPE = '/console/';
const CACHES = ['anlan-read', 'anlan-tiles'];

/** The one role that works where there is no network. Nobody else's reads are kept on a device. */
const ROLE = 'CREW';

/** Whether this browser can keep a page; without TLS it cannot. */
function canKeep(): boolean {
  return import.meta.env.PROD && 'serviceWorker' in navigator && 'caches' in window;
}

/** Let the page work without network for a crew, and forget what was kept for anybody else. */
export function keepForRole(cache: QueryClient, role: string): () => void {
  if (!canKeep()) return () => undefined;
  if (role !== ROLE) {
    void forgetWorker();
    return () => undefined;
  }
  // What was read before the worker took over was not kept: read it once more.
  const taken = (): void => {
    void api.GET('/api/v1/session');
    void cache.invalidateQueries();
  };
  navigator.serviceWorker.addEventListener('controllerchange', taken);
  void navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  return () => navigator.serviceWorker.removeEventListener('controllerchange', taken);
}

async function forgetWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  if (registration === undefined) return;
  await registration.unregister();
  await Promise.all(CACHES.map((name) => caches.delete(name)));
}
