/** The pages of this browser: what this one is called, and which others are open. */
import { deviceStorage, tabStorage } from "../base/browser-storage.js";

const NAME = "spotter.tab";
/** Where there are no locks, an open page says so this often. */
const HEARTBEAT_INTERVAL = 10_000;
/** Browsers let the timers of a hidden page run once a minute. */
const HEARTBEAT_TIMEOUT = 90_000;

export class Tabs {
  /** Called when another page may have ended. */
  onEnded: () => void = () => {};
  /** Kept over reloads, so that a page finds again what is its own. */
  #name = tabStorage.get(NAME) ?? newName();
  #open: ReadonlySet<string> = new Set();
  #claimed: Promise<"locks" | "heartbeats"> | undefined;
  readonly #awaited = new Set<string>();

  get name(): string {
    return this.#name;
  }

  /** Whether another page of that name is open, as of the last `look`. */
  isOpen(name: string): boolean {
    return name !== this.#name && this.#open.has(name);
  }

  /** Finds out which of these pages are open, and from now on tells when one of them ends. */
  async look(names: Iterable<string>): Promise<void> {
    if ((await (this.#claimed ??= this.#claim())) === "heartbeats") {
      this.#open = new Set(namesWithHeartbeat());
      return;
    }
    const { held = [] } = await navigator.locks.query();
    this.#open = new Set(held.map((lock) => (lock.name ?? "").slice(NAME.length + 1)));
    for (const name of names) if (this.isOpen(name)) this.#await(name);
  }

  /** Runs a task while no other page runs one. */
  async exclusively(task: () => void): Promise<void> {
    try {
      if ((await this.#claimed) !== "locks") return task();
      await navigator.locks.request(`${NAME}s`, task);
    } catch {
      task();
    }
    return undefined;
  }

  /**
   * A page holds a lock of its name as long as it lives. A duplicated tab starts with the same name,
   * finds it taken, and gets another.
   */
  async #claim(): Promise<"locks" | "heartbeats"> {
    try {
      for (;;) {
        const name = this.#name;
        tabStorage.setOptional(NAME, name);
        if (await hold(`${NAME}.${name}`)) return "locks";
        this.#name = newName();
      }
    } catch {
      // Pages without TLS have no locks, and pages that may store nothing may not use them.
      this.#startHeartbeat();
      return "heartbeats";
    }
  }

  /** The lock of a page that ends goes to who waits for it. */
  #await(name: string): void {
    if (this.#awaited.has(name)) return;
    this.#awaited.add(name);
    const granted = () => {
      this.#awaited.delete(name);
      // Once this lock is free again.
      setTimeout(() => this.onEnded());
    };
    navigator.locks.request(`${NAME}.${name}`, { mode: "shared" }, granted).catch(() => {});
  }

  #startHeartbeat(): void {
    const key = `${NAME}.${this.#name}`;
    const writeHeartbeat = () => deviceStorage.setOptional(key, String(Date.now()));
    writeHeartbeat();
    setInterval(() => {
      writeHeartbeat();
      this.onEnded();
    }, HEARTBEAT_INTERVAL);
    addEventListener("pageshow", () => {
      writeHeartbeat();
      this.onEnded();
    });
    addEventListener("pagehide", () => deviceStorage.remove(key));
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(`${NAME}.`) && event.newValue === null) this.onEnded();
    });
  }
}

/** Takes a lock until this page ends; false if another page has it. */
function hold(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(reject);
  });
}

function namesWithHeartbeat(): string[] {
  const names: string[] = [];
  for (const key of deviceStorage.keys(`${NAME}.`)) {
    if (Date.now() - Number(deviceStorage.get(key)) < HEARTBEAT_TIMEOUT)
      names.push(key.slice(NAME.length + 1));
    else deviceStorage.remove(key);
  }
  return names;
}

function newName(): string {
  return Math.random().toString(36).slice(2);
}
