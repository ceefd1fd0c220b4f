/** Acts on this device: kept in IndexedDB, so that they outlive a closed page and a flat battery. */
import { useSyncExternalStore } from 'react';

import type { Act, NewAct, Refusal } from './acts';
import { newKey } from './write';

const DATABASE = 'anlan';
const VERSION = 2;
const STORE = 'acts';
/** What this queue of acts is called: drawn once, and again when all was deleted. */
const QUEUE = 'queue';
/** Tells the other pages of this device that the acts have changed. */
const CHANNEL = 'anlan-acts';

let opened: Promise<IDBDatabase> | undefined;
/** What was read last. It holds until a page of this device changes an act. */
let held: Promise<readonly Act[]> | undefined;
let shown: readonly Act[] = [];
let isShown = false;
const watchers = new Set<() => void>();
let channel: BroadcastChannel | undefined;

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

/** An act as version 1 kept it. */
interface OldAct {
  assignmentId?: string;
}

/** Acts that wait since before the queue was for more than crews: the same, under a new name. */
function renameSubjects(store: IDBObjectStore): void {
  const walk = store.openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (cursor === null) return;
    const { assignmentId, ...kept } = cursor.value as OldAct;
    cursor.update({ ...kept, subjectId: assignmentId });
    cursor.continue();
  };
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion === 0) {
      request.result.createObjectStore(STORE, { keyPath: 'order', autoIncrement: true });
    } else if (request.transaction !== null) {
      renameSubjects(request.transaction.objectStore(STORE));
    }
    request.result.createObjectStore(QUEUE).add(newKey(), QUEUE);
  };
  return answered(request);
}

/** The name of this device's queue of acts. */
export async function queueId(): Promise<string> {
  opened ??= open();
  const store = (await opened).transaction(QUEUE, 'readonly').objectStore(QUEUE);
  return answered(store.get(QUEUE) as IDBRequest<string>);
}

/** Do one thing with the acts; return when it is safely written. */
async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  opened ??= open();
  const transaction = (await opened).transaction(STORE, mode, { durability: 'strict' });
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
  });
  const result = await answered(work(transaction.objectStore(STORE)));
  await done;
  return result;
}

async function show(): Promise<void> {
  shown = await readActs();
  watchers.forEach((watcher) => watcher());
}

async function refresh(): Promise<void> {
  held = undefined;
  await show();
}

async function changed(): Promise<void> {
  channel?.postMessage('changed');
  await refresh();
}

/** Hear of what other pages of this device change. */
function listen(): void {
  if (channel !== undefined) return;
  channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => void refresh();
}

/** Every act that waits on this device, the first done first: who shows and who sends share one reading. */
export function readActs(): Promise<readonly Act[]> {
  listen();
  if (held === undefined) {
    const reading = inStore<Act[]>('readonly', (store) => store.getAll() as IDBRequest<Act[]>);
    held = reading;
    reading.catch(() => {
      if (held === reading) held = undefined;
    });
  }
  return held;
}

/** Keep an act. It is safe on this device once this returns. */
export async function keepAct(act: NewAct): Promise<void> {
  await inStore('readwrite', (store) => store.add({ ...act, refusal: null }));
  await changed();
}

/** Forget an act: the server has taken it, or the crew has put it aside. */
export async function dropAct(order: number): Promise<void> {
  await inStore('readwrite', (store) => store.delete(order));
  await changed();
}

/** Change acts that wait, all of them or none; they keep their places. */
export async function changeActs(acts: readonly Act[]): Promise<void> {
  opened ??= open();
  const transaction = (await opened).transaction(STORE, 'readwrite', { durability: 'strict' });
  await Promise.all(acts.map((act) => answered(transaction.objectStore(STORE).put(act))));
  await changed();
}

/** Write down why an act was refused; null: it is to be tried again. */
export async function markAct(act: Act, refusal: Refusal | null): Promise<void> {
  await inStore('readwrite', (store) => store.put({ ...act, refusal }));
  await changed();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (!isShown) {
    isShown = true;
    void show();
  }
  return () => watchers.delete(watcher);
}

/** The acts that wait on this device, on screen. */
export function useActs(): readonly Act[] {
  return useSyncExternalStore(watch, () => shown);
}
