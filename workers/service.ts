/// <reference lib="webworker" />
import { pageLocks, pageOpened, takeOver, type Edition } from '../src/hosting/edition.ts';
import { closed } from '../src/hosting/headers.ts';
import { Shelf } from '../src/hosting/shelf.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written before this script by the build. */
declare const edition: Edition;

const folder = self.registration.scope;
const shelf = new Shelf(self.caches, folder, (url, fresh) => fetch(url, { cache: fresh ? 'reload' : 'default' }));

self.addEventListener('install', (event) => event.waitUntil(shelf.add(edition)));

self.addEventListener('activate', (event) => event.waitUntil(Promise.all([self.clients.claim(), clear()])));

self.addEventListener('message', (event) => {
  if (event.data === takeOver) void self.skipWaiting();
  if (event.data === pageOpened) event.waitUntil(clear());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const [address = ''] = request.url.split(/[?#]/);
  if (request.method !== 'GET' || !address.startsWith(folder)) return;
  if (request.mode !== 'navigate') return event.respondWith(resource(request, address));
  if (address !== folder && address !== `${folder}index.html`) return;
  event.respondWith(resource(request, folder));
});

async function resource(request: Request, address: string): Promise<Response> {
  return (await shelf.find(address, edition.version)) ?? closed(await fetch(request));
}

/** Editions of which no page is open any more are thrown away; a page that has not said its edition yet may be of any. */
async function clear(): Promise<void> {
  if (self.registration.installing ?? self.registration.waiting) return;
  const { held = [] } = await self.navigator.locks.query();
  const scripts = held.flatMap(({ name }) => (name?.startsWith(pageLocks) ? [name.slice(pageLocks.length)] : []));
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows.filter(({ url }) => url.startsWith(folder)).length;
  if (scripts.filter((script) => script.startsWith(folder)).length >= open) await shelf.clear(edition.version, scripts);
}
