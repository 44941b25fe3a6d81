/** What a browser keeps for a page, and the ways in which it does not. */
import type { Page } from "@playwright/test";

/** Where a text is kept for this page: in local or session storage, in a database, in a cache. */
export async function keepersOf(page: Page, wanted: string): Promise<string[]> {
  return page.evaluate(async (sought) => {
    const ended = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error as Error));
      });
    // Maps are what JSON leaves out.
    const text = (value: unknown) =>
      JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Map ? [...inner] : inner));
    const found = [`local: ${text(localStorage)}`, `session: ${text(sessionStorage)}`];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await ended(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        found.push(`${name}: ${text(await ended(all))}`);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const kept = await cache.match(request);
        found.push(`${request.url}: ${await kept?.text()}`);
      }
    }
    return found.filter((kept) => kept.includes(sought)).map((kept) => kept.slice(0, 60));
  }, wanted);
}

/** Leaves not one byte of room in the local and session storage of the page. */
export async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const area of [localStorage, sessionStorage]) {
      for (let size = 1 << 22; size >= 1; size >>= 1) {
        for (let at = 0; ; at += 1) {
          try {
            area.setItem(`full.${size}.${at}`, "x".repeat(size));
          } catch {
            break;
          }
        }
      }
    }
  });
}
