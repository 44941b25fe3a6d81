/** Which pages of this browser are open, where it has no locks: each of them says so from time to time. */
import { deviceStorage } from "../base/browser-storage.js";

/** In milliseconds. */
const INTERVAL = 10_000;
/** Browsers let the timers of a hidden page run once a minute. */
const TIMEOUT = 90_000;

/** Says that this page is open as long as it is; `ended` is called when another one may have ended. */
export function startHeartbeat(key: string, name: string, ended: () => void): void {
  const own = `${key}.${name}`;
  const beat = () => deviceStorage.setOptional(own, String(Date.now()));
  const beatAndLook = () => {
    beat();
    ended();
  };
  beat();
  setInterval(beatAndLook, INTERVAL);
  globalThis.addEventListener?.("pageshow", beatAndLook);
  globalThis.addEventListener?.("pagehide", () => deviceStorage.remove(own));
  globalThis.addEventListener?.("storage", (event) => {
    if (event.key?.startsWith(`${key}.`) && event.newValue === null) ended();
  });
}

/** The names of the pages that said so lately. */
export function namesWithHeartbeat(key: string): string[] {
  const names: string[] = [];
  for (const each of deviceStorage.keys(`${key}.`)) {
    if (Date.now() - Number(deviceStorage.get(each)) < TIMEOUT)
      names.push(each.slice(key.length + 1));
    else deviceStorage.remove(each);
  }
  return names;
}
