// Keeps the app itself on the device, so that it opens without a connection. Records do not come
// through here: they arrive over the socket, and realtime/cache.ts keeps them.
const CACHE = "spotter";
// The server varies by headers that do not change what is kept here.
const ANY = { ignoreVary: true };

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch("/").then(keep));
});

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
  try {
    const response = await fetch(request);
    if (response.ok && isPage(response)) void keep(response.clone());
    return response;
  } catch {
    const cache = await caches.open(CACHE);
    return (await cache.match("/", ANY)) ?? Response.error();
  }
}

function isPage(response) {
  return response.headers.get("content-type")?.startsWith("text/html");
}

// The name of an asset changes with its content, so what is kept is never old.
async function asset(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, ANY);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

// Keeps the page and, if it is a new version, all its parts: pages that were never opened have to
// work offline too. What only the old version used goes.
async function keep(response) {
  if (!response.ok || !isPage(response)) return;
  const cache = await caches.open(CACHE);
  const known = await cache.match("/", ANY);
  const html = await response.clone().text();
  if (known && (await known.text()) === html) return;
  const manifest = await (await fetch("/assets/manifest.json", { cache: "no-cache" })).json();
  const parts = new Set(
    Object.values(manifest)
      .flatMap(({ file, css = [] }) => [file, ...css])
      .filter((file) => /\.(js|css|woff2)$/.test(file))
      .map((file) => new URL(`/${file}`, location.href).href),
  );
  for (const request of await cache.keys()) {
    if (new URL(request.url).pathname !== "/" && !parts.has(request.url))
      await cache.delete(request);
  }
  const held = new Set((await cache.keys()).map(({ url }) => url));
  await cache.addAll([...parts].filter((url) => !held.has(url)));
  await cache.put("/", response);
}
