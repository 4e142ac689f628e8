/* global self, caches, fetch, KEPT, Response */
/*
 * Makes the app start with the server off. The build writes `const KEPT = { version, shell, engine }` above this text.
 *   shell    every script, style and page: kept before this version takes over
 *   engine   PGlite's wasm, the prebuilt database, the grammars of code: kept when they arrive
 *   blobs    content-addressed files: kept once seen
 * What talks to the server (/trpc, /sync, /healthz …) never passes through here.
 */
const SHELL = `slipway-shell-${KEPT.version}`
const ENGINE = 'slipway-engine'
const BLOBS = 'slipway-blobs'
const MOST_BLOBS = 300
/** How long a slow network may hold back a page that is kept here. */
const PATIENCE_MS = 2_000
const TO_SERVER = /^\/(trpc|sync|blobs|parcels|healthz|readyz|metrics|version)(\/|$)/
const BLOB = /^\/blobs\/[0-9a-f]{64}$/

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  if (BLOB.test(url.pathname)) event.respondWith(keptOrFetched(BLOBS, event.request))
  else if (TO_SERVER.test(url.pathname) || url.pathname === '/service-worker.js') return
  else if (event.request.mode === 'navigate') event.respondWith(page(event.request))
  else if (KEPT.engine.includes(url.pathname)) event.respondWith(keptOrFetched(ENGINE, event.request))
  else event.respondWith(caches.match(event.request, { ignoreVary: true }).then((kept) => kept ?? fetch(event.request)))
})

async function install() {
  const shell = await caches.open(SHELL)
  await shell.addAll(KEPT.shell)
  await self.skipWaiting()
}

async function activate() {
  await self.clients.claim()
  // The version before stays: a page of it may still be open and ask for one more of its files.
  const shells = (await caches.keys()).filter((name) => name.startsWith('slipway-shell-') && name !== SHELL)
  for (const old of shells.slice(0, -1)) await caches.delete(old)
  const engine = await caches.open(ENGINE)
  for (const request of await engine.keys()) {
    if (!KEPT.engine.includes(new URL(request.url).pathname)) await engine.delete(request)
  }
  for (const path of KEPT.engine) {
    if (!(await engine.match(path))) await engine.add(path).catch(() => undefined)
  }
}

/** The newest page while the server answers, the kept one as soon as it doesn't. Every path is the same page. */
async function page(request) {
  const shell = await caches.open(SHELL)
  const kept = await shell.match('/index.html')
  if (!kept) return fetch(request)
  const late = new Promise((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE_MS))
  const fresh = fetch(request).then(
    (answer) => (answer.status >= 500 ? kept.clone() : answer),
    () => kept.clone(),
  )
  return Promise.race([fresh, late])
}

async function keptOrFetched(name, request) {
  const cache = await caches.open(name)
  const kept = await cache.match(request, { ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.status === 200) {
    const copy = answer.clone()
    await cache.put(request, copy).catch(() => undefined)
    if (name === BLOBS) await dropOldest(cache)
  }
  return answer
}

async function dropOldest(cache) {
  const keys = await cache.keys()
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST_BLOBS))) await cache.delete(key)
}
