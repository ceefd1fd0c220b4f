/** What makes the console an app on a telephone: it starts, and shows what there is to do, without network. */
import type { QueryClient } from '@tanstack/react-query';

import { api } from '../api/client';

const WORKER = '/sw.js';
const SCOPE = '/console/';
const CACHES = ['anlan-read', 'anlan-photos', 'anlan-tiles'];

/** The roles that work where there is no network. Nobody else's reads are kept on a device. */
const ROLES: readonly string[] = ['CREW', 'GRID_OFFICER'];

/** Whether this browser can keep a page; without TLS it cannot. */
function canKeep(): boolean {
  return import.meta.env.PROD && 'serviceWorker' in navigator && 'caches' in window;
}

/** Let the page work without network for who is out, and forget what was kept for anybody else. */
export function keepForRole(cache: QueryClient, role: string): () => void {
  if (!canKeep()) return () => undefined;
  if (!ROLES.includes(role)) {
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
  // What waits here for days must not be thrown out when the device runs short of room.
  void (navigator as { storage?: StorageManager }).storage?.persist();
  return () => navigator.serviceWorker.removeEventListener('controllerchange', taken);
}

async function forgetWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  if (registration === undefined) return;
  await registration.unregister();
  await Promise.all(CACHES.map((name) => caches.delete(name)));
}
