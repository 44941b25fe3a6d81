/**
 * What the server last said, kept on the device: the next visit starts with it, asks only for what
 * is new, and has something to show without a connection.
 */
import type { State } from "../state/store.js";
import type { Session } from "./connection-state.js";

const STORE = "state";
const KEY = "last";
const READ_TIMEOUT = 2_000;

export interface SavedState {
  /** The account that it was told to: nobody else must see it. */
  owner: string | null;
  state: State;
  session: Session | null;
}

export class StateCache {
  readonly #database: string;

  constructor(database: string) {
    this.#database = database;
  }

  async load(owner: string | null): Promise<SavedState | undefined> {
    try {
      const saved = await Promise.race([
        this.#ask<SavedState | undefined>("readonly", (store) => store.get(KEY)),
        timeout(),
      ]);
      return saved?.owner === owner ? saved : undefined;
    } catch {
      // Private windows may have no database; then the visit starts from nothing.
      return undefined;
    }
  }

  async save(saved: SavedState): Promise<void> {
    try {
      await this.#ask("readwrite", (store) => store.put(saved, KEY));
    } catch {
      // It is only a head start.
    }
  }

  async clear(): Promise<void> {
    try {
      await this.#ask("readwrite", (store) => store.delete(KEY));
    } catch {
      // There is nothing to clear then.
    }
  }

  async #ask<T>(
    mode: IDBTransactionMode,
    request: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const opening = indexedDB.open(this.#database, 1);
    opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(STORE));
    const database = await done(opening);
    try {
      return await done(request(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  }
}

/** A database that does not answer must not keep the page from connecting. */
function timeout(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, READ_TIMEOUT, undefined));
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error as Error));
  });
}
