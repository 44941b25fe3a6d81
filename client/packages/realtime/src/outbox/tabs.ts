/** The pages of this browser: what this one is called, and which others are open. */
import { tabStorage } from "../base/browser-storage.js";

type Heartbeats = typeof import("./heartbeats.js");

export class Tabs {
  /** Called when another page may have ended. */
  onEnded: () => void = () => {};
  readonly #key: string;
  /** Kept over reloads, so that a page finds again what is its own. */
  #name: string;
  #open: ReadonlySet<string> = new Set();
  #claimed: Promise<"locks" | Heartbeats> | undefined;
  readonly #awaited = new Set<string>();

  /** `key` is what names in the browser's storage, and of its locks, begin with. */
  constructor(key: string) {
    this.#key = key;
    this.#name = tabStorage.get(key) ?? newName();
  }

  get name(): string {
    return this.#name;
  }

  /** Whether another page of that name is open, as of the last `look`. */
  isOpen(name: string): boolean {
    return name !== this.#name && this.#open.has(name);
  }

  /** Finds out which of these pages are open, and from now on tells when one of them ends. */
  async look(names: Iterable<string>): Promise<void> {
    const known = await (this.#claimed ??= this.#claim());
    if (known !== "locks") {
      this.#open = new Set(known.namesWithHeartbeat(this.#key));
      return;
    }
    const { held = [] } = await navigator.locks.query();
    this.#open = new Set(held.map((lock) => (lock.name ?? "").slice(this.#key.length + 1)));
    for (const name of names) if (this.isOpen(name)) this.#await(name);
  }

  /** Runs a task while no other page runs one. */
  async exclusively(task: () => void): Promise<void> {
    try {
      if ((await this.#claimed) !== "locks") return task();
      await navigator.locks.request(`${this.#key}s`, task);
    } catch {
      task();
    }
    return undefined;
  }

  /**
   * A page holds a lock of its name as long as it lives. A duplicated tab starts with the same name,
   * finds it taken, and gets another.
   */
  async #claim(): Promise<"locks" | Heartbeats> {
    try {
      for (;;) {
        const name = this.#name;
        tabStorage.setOptional(this.#key, name);
        if (await hold(`${this.#key}.${name}`)) return "locks";
        this.#name = newName();
      }
    } catch {
      // Pages without TLS have no locks, and pages that may store nothing may not use them.
      const heartbeats = await import("./heartbeats.js");
      heartbeats.startHeartbeat(this.#key, this.#name, () => this.onEnded());
      return heartbeats;
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
    navigator.locks.request(`${this.#key}.${name}`, { mode: "shared" }, granted).catch(() => {});
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

function newName(): string {
  return Math.random().toString(36).slice(2);
}
