// Offline after the first visit: what the site is made of is kept; the rules are asked for anew where there is a connection.
const worker = self as unknown as ServiceWorkerGlobalScope;
declare const __VERSION__: string;
declare const __ASSETS__: string[];

const KEPT = `thutuc-${__VERSION__}`;
const SHELL = '/index.html';

worker.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(KEPT);
    await cache.addAll(__ASSETS__.map((name) => new Request(`/${name}`, { cache: 'no-cache' })));
    await worker.skipWaiting();
  };
  event.waitUntil(keep());
});

worker.addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith('thutuc-') && name !== KEPT) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/')) return;
  event.respondWith(pathname === '/pack.bundle' || pathname.startsWith('/rules/') ? fresh(request) : kept(request));
});

/** From the net; what is kept where there is none. */
async function fresh(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch {
    return (await cache.match(request.url)) ?? Response.error();
  }
}

/** What is kept; every page is the same document. */
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  const known = await cache.match(request.mode === 'navigate' ? SHELL : request, { ignoreSearch: request.mode === 'navigate' });
  return known ?? fetch(request);
}
