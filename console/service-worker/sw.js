/**
 * The console without network, for crews and grid officers: pages and scripts from the last visit,
 * what they read from the last answer. Writes never pass through here; they wait in IndexedDB (`src/api/acts.ts`).
 * Registered for the wall's address alone it keeps the wall in the same way, and nothing of any other screen.
 *
 * `SHELL` and `VERSION` are filled in by the build: every script and style, and their digest.
 */

const SHELL = [];
const VERSION = '';

const PAGE = '/console/';
const SHELL_CACHE = `anlan-shell-${VERSION}`;
const IS_WALL = self.registration.scope.endsWith('/wall');
/** What was read. The page deletes it at sign-out. */
const READ_CACHE = IS_WALL ? 'anlan-wall' : 'anlan-read';
/** Photos of cases that were seen; deleted with what was read. */
const PHOTO_CACHE = 'anlan-photos';
const PHOTOS_LIMIT = 120;
const TILE_CACHE = 'anlan-tiles';
const TILES_LIMIT = 600;
/** A slow network counts as none after this long, where there is an earlier answer. */
const PATIENCE_MS = 4_000;
/** The server's clock, on every answer: a kept answer must not set it back. */
const TIME_HEADER = 'Anlan-Time';

/** An answer kept in one language is better than none in the other. */
const LOOSELY = { ignoreVary: true };

/** The reads that the pages of who is out make. Nothing else of the API is ever kept. */
const FIELD_READS = [
  /^\/api\/v1\/(session|city|kinds|items|organisations|units|assignments)$/u,
  /^\/api\/v1\/incidents\/[\w-]+(\/reports)?$/u,
  /^\/api\/v1\/assignments\/[\w-]+\/way$/u,
  /^\/api\/v1\/round$/u,
  /^\/api\/v1\/field\/cases\/[\w-]+$/u,
];

/** The reads of the wall: who is signed in, counts, words and outlines; no row of anything. */
const WALL_READS = ['session', 'wall', 'kinds', 'clock-rules', 'grid-cells'].map(
  (name) => `/api/v1/${name}`,
);

self.addEventListener('install', (event) => {
  const fill = caches.open(SHELL_CACHE).then((cache) => cache.addAll([PAGE, ...SHELL]));
  event.waitUntil(fill.then(readWall).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname.startsWith(PAGE)) event.respondWith(newest(request, SHELL_CACHE, PAGE));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(kept(request, SHELL_CACHE));
  } else if (pathname.startsWith('/city/')) {
    event.respondWith(kept(request, TILE_CACHE, TILES_LIMIT));
  } else if (pathname.startsWith('/api/v1/photos/')) {
    event.respondWith(kept(request, PHOTO_CACHE, PHOTOS_LIMIT));
  } else if (isKept(pathname)) {
    event.respondWith(newest(request, READ_CACHE));
  }
});

function isKept(pathname) {
  return IS_WALL ? WALL_READS.includes(pathname) : FIELD_READS.some((path) => path.test(pathname));
}

/** What the wall read before this worker was there; what is refused is left out. */
async function readWall() {
  if (!IS_WALL) return;
  await Promise.all(WALL_READS.map((path) => newest(new Request(path), READ_CACHE).catch(() => null)));
}

async function dropOldShells() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('anlan-shell-') && name !== SHELL_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** What never changes under its address: the kept one, fetched once. */
async function kept(request, name, limit = Infinity) {
  const cache = await caches.open(name);
  const found = await cache.match(request, LOOSELY);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.status === 200) {
    await cache.put(request, answer.clone());
    if (limit < Infinity) await shorten(cache, limit);
  }
  return answer;
}

async function shorten(cache, limit) {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - limit)).map((key) => cache.delete(key)));
}

/** What changes: the server's answer, or the last one kept while the server cannot be reached. */
async function newest(request, name, key = request) {
  const cache = await caches.open(name);
  const asked = fetch(request).then(async (answer) => {
    if (answer.status === 200) await cache.put(key, await timeless(answer.clone()));
    return answer;
  });
  const found = await cache.match(key, LOOSELY);
  if (!found) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, found));
  const answer = await Promise.race([asked.catch(() => found), late]);
  return answer.status >= 500 ? found : answer;
}

async function timeless(answer) {
  const headers = new Headers(answer.headers);
  headers.delete(TIME_HEADER);
  return new Response(await answer.blob(), { status: answer.status, headers });
}
