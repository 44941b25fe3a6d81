/**
 * What the browser keeps for this page. Where it keeps nothing, or has no room left, this page's
 * memory does, and `storageProblem` says so: nothing here ever throws.
 */
import { Observable } from "./observable.js";

/** Why something could not be kept; null as long as everything was. */
export const storageProblem = new Observable<"blocked" | "full" | null>(null);

export class BrowserStorage {
  readonly #area: () => Storage;
  readonly #memory = new Map<string, string>();

  constructor(area: () => Storage) {
    this.#area = area;
  }

  get(key: string): string | null {
    return this.#memory.get(key) ?? this.#attempt((area) => area.getItem(key)) ?? null;
  }

  /** Keeps what somebody would miss; false if it will be gone with this page. */
  set(key: string, value: string): boolean {
    const problem = this.#write(key, value);
    if (problem !== null) storageProblem.set(problem);
    return problem === null;
  }

  /** Keeps what nobody would miss. */
  setOptional(key: string, value: string): void {
    this.#write(key, value);
  }

  #write(key: string, value: string): "blocked" | "full" | null {
    try {
      this.#area().setItem(key, value);
      this.#memory.delete(key);
      return null;
    } catch (error) {
      this.#memory.set(key, value);
      return isFull(error) ? "full" : "blocked";
    }
  }

  remove(key: string): void {
    this.#memory.delete(key);
    this.#attempt((area) => area.removeItem(key));
  }

  keys(prefix: string): string[] {
    const kept = this.#attempt((area) => Object.keys(area)) ?? [];
    return [...new Set([...kept, ...this.#memory.keys()])].filter((key) => key.startsWith(prefix));
  }

  #attempt<T>(use: (area: Storage) => T): T | undefined {
    try {
      return use(this.#area());
    } catch {
      return undefined;
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** Shared by all pages of this browser, over visits. */
export const deviceStorage = new BrowserStorage(() => localStorage);

/** This tab's own, over reloads. */
export const tabStorage = new BrowserStorage(() => sessionStorage);
