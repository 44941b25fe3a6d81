// Keeps the app itself on the device, so that it opens without a connection. Records do not come
// through here: they arrive over the socket, and realtime/cache.ts keeps them.
const CACHE = "spotter";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

// The newest page if there is a connection. Every address of the app is the same page.
async function page(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok && response.headers.get("content-type")?.startsWith("text/html")) {
      await cache.put("/", response.clone());
      await prune(cache, await response.clone().text());
    }
    return response;
  } catch {
    return (await cache.match("/")) ?? Response.error();
  }
}

// The name of an asset changes with its content, so what is kept is never old.
async function asset(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

// A new version has a new entry script. What the old one used goes with it.
async function prune(cache, html) {
  const entry = /assets\/index-[^"]+\.js/.exec(html)?.[0];
  const known = await cache.match("/entry");
  if (!entry || (known && (await known.text()) === entry)) return;
  for (const request of await cache.keys()) {
    if (new URL(request.url).pathname.startsWith("/assets/")) await cache.delete(request);
  }
  await cache.put("/entry", new Response(entry));
}
