/** What makes the wall outlive its server: its page and last figures are kept at this machine. */

const WORKER = '/sw.js';
/** Of the wall alone: no other screen of whoever is signed in here is kept. */
const SCOPE = '/console/wall';

/** Keep the wall's page and figures, until the person signs out. Without TLS no browser can. */
export function keepWall(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // A browser that forbids it still shows the wall, only not across a reload.
  navigator.serviceWorker.register(WORKER, { scope: SCOPE }).catch(() => undefined);
}
