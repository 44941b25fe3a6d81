/**
 * Makes one request of one that is made twice within a second: by a double click, two fast taps, a
 * key that is held down. Everything that writes goes through it, so that no button has to.
 */

/** The slowest double clicks take this long, in milliseconds. */
const WINDOW = 1_000;

interface Run<T> {
  readonly request: string;
  readonly answer: T;
  at: number;
  open: boolean;
}

export class Deduplicator<T> {
  readonly #runs = new Map<string, Run<T>>();

  /**
   * Begins a request, unless the last one for the same `target` is equal, and still open or only just
   * made: then the answer is that one's. `end` tells when an answer is complete.
   */
  run(target: string, request: string, begin: () => T, end: (answer: T) => Promise<unknown>): T {
    const now = Date.now();
    for (const [key, { open, at }] of this.#runs) {
      if (!open && now - at >= WINDOW) this.#runs.delete(key);
    }
    const before = this.#runs.get(target);
    if (before?.request === request) {
      before.at = now;
      return before.answer;
    }
    const run: Run<T> = { request, answer: begin(), at: now, open: true };
    this.#runs.set(target, run);
    void end(run.answer).finally(() => {
      run.open = false;
    });
    return run.answer;
  }

  /** Lets the next request begin, whatever was made just before. */
  clear(): void {
    this.#runs.clear();
  }
}
