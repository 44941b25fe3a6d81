// Keeps the app itself on the device, so that it opens without a connection. Records do not come
// through here: they arrive over the socket, and socket/state-cache.ts of @spotter/realtime keeps them.
//
// Each version of the app has a cache of its own. The page goes in last, so a cache that holds it
// is whole, and one that does not is not used. The version before the newest stays: pages that are
// open still need its parts, and it is what there is if the next one does not come.
const PREFIX = "spotter.";
// The server varies by headers that do not change what is kept here.
const ANY = { ignoreVary: true };
// How long somebody who has the app waits for a newer one before the one that is there opens.
const PATIENCE = 4_000;
// Answers of the server, or of what stands before it, that say nothing about the app but: not now.
const NOT_NOW = [408, 425, 429];
// Addresses of the server that are no page of the app; others that are none have a dot in their name.
const SERVER_ONLY = ["/healthz", "/readyz", "/metrics"];

self.addEventListener("install", (event) => {
  self.skipWaiting();
  // If it fails, the service worker before this one goes on with what it has.
  event.waitUntil(fetch("/", { cache: "no-cache" }).then(keep));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), tidy()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (isOfTheApp(url.pathname)) event.respondWith(page(event));
  } else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

function isOfTheApp(path) {
  return !SERVER_ONLY.includes(path) && !path.split("/").at(-1).includes(".");
}

// Every address of the app is the same page. The newest one there is, but never one without its parts.
async function page(event) {
  const kept = await keptPage();
  const newest = newestPage(event, kept !== undefined);
  if (kept === undefined) return newest;
  // Also when this page has been answered: then it opens the next time.
  event.waitUntil(newest);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return (await Promise.race([newest, late])) ?? kept;
}

// What the server answers; undefined if what is kept is better.
async function newestPage(event, isKept) {
  try {
    const response = await fetch(event.request);
    if (!isKept) {
      if (response.ok) event.waitUntil(keep(response.clone()).catch(() => {}));
      return response;
    }
    if (response.status >= 500 || NOT_NOW.includes(response.status)) return undefined;
    // A refusal or a redirect is meant: a proxy that wants somebody to sign in, an app that is gone.
    if (!response.ok) return response;
    await keep(response.clone());
    return response;
  } catch (error) {
    if (isKept) return undefined;
    throw error;
  }
}

// The name of an asset changes with its content, so what is kept is never old.
async function asset(request) {
  return (await caches.match(request, ANY)) ?? fetch(request);
}

const keeping = new Map();

// Keeps a version of the app: the page, and before it all its parts, since pages that were never
// opened have to work offline too. Throws, and changes nothing, if that is no page of the app or a
// part does not come.
async function keep(response) {
  const html = await response.clone().text();
  const entry = /<script type="module"[^>]* src="\/(assets\/[^"]+)"/.exec(html)?.[1];
  if (!response.ok || entry === undefined) throw new Error("This is not the app.");
  const name = PREFIX + (await digest(html));
  if (!keeping.has(name)) {
    keeping.set(name, keepVersion(name, response, entry).finally(() => keeping.delete(name)));
  }
  return keeping.get(name);
}

async function keepVersion(name, response, entry) {
  const cache = await caches.open(name);
  if (await cache.match("/", ANY)) {
    // An older version may be the newest again.
    if ((await wholeVersions()).at(-1) !== name) await cache.put("/", response);
    return;
  }
  for (const url of await partsOf(entry)) {
    if (await cache.match(url, ANY)) continue;
    // What is the same in the version before need not be loaded again.
    const part = (await caches.match(url, ANY)) ?? (await fetch(url));
    if (!part.ok || isHtml(part)) throw new Error(`${url} did not come.`);
    await cache.put(url, part);
  }
  await cache.put("/", response);
  await tidy();
}

async function partsOf(entry) {
  const answer = await fetch("/assets/manifest.json", { cache: "no-cache" });
  if (!answer.ok) throw new Error("There is no list of parts.");
  const files = Object.values(await answer.json()).flatMap(({ file, css = [] }) => [file, ...css]);
  // While a server is being upgraded, the page may be of another version than the list.
  if (!files.includes(entry)) throw new Error("The list of parts is of another version.");
  return new Set(files.filter((file) => /\.(js|css|woff2)$/.test(file)).map((file) => `/${file}`));
}

// The caches of whole versions, the newest last.
async function wholeVersions() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const pages = await Promise.all(
    names.map(async (name) => [name, await (await caches.open(name)).match("/", ANY)]),
  );
  const kept = pages.filter(([, found]) => found !== undefined);
  return kept.toSorted(([, one], [, other]) => keptAt(one) - keptAt(other)).map(([name]) => name);
}

function keptAt(found) {
  return Date.parse(found.headers.get("date") ?? "") || 0;
}

async function keptPage() {
  const newest = (await wholeVersions()).at(-1);
  return newest && (await caches.open(newest)).match("/", ANY);
}

// Deletes what no page needs: all but the last two versions, what was begun, and the one cache of
// service workers from before there were versions.
async function tidy() {
  const whole = await wholeVersions();
  if (whole.length === 0) return;
  const needed = [...whole.slice(-2), ...keeping.keys()];
  for (const name of await caches.keys()) {
    const isOurs = name === "spotter" || name.startsWith(PREFIX);
    if (isOurs && !needed.includes(name)) await caches.delete(name);
  }
}

function isHtml(response) {
  return response.headers.get("content-type")?.startsWith("text/html");
}

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 16);
}
