/**
 * What is asked for twice in a moment is meant once: a double click, two fast taps, a key that is
 * held down. It holds for everything that writes, so that no button has to see to it by itself.
 */

/** The slowest double clicks take this long, in milliseconds. */
const MOMENT = 1_000;

interface Asked<T> {
  readonly what: string;
  readonly answer: T;
  at: number;
  open: boolean;
}

export class Once<T> {
  readonly #asked = new Map<string, Asked<T>>();

  /**
   * Begins what is asked, unless the last that was asked of the same thing (`of`) is the same and
   * still open, or only just made: then that answer is the answer.
   */
  ask(of: string, what: string, begin: () => T, end: (answer: T) => Promise<unknown>): T {
    const now = Date.now();
    for (const [key, { open, at }] of this.#asked) {
      if (!open && now - at >= MOMENT) this.#asked.delete(key);
    }
    const before = this.#asked.get(of);
    if (before?.what === what) {
      before.at = now;
      return before.answer;
    }
    const asked: Asked<T> = { what, answer: begin(), at: now, open: true };
    this.#asked.set(of, asked);
    void end(asked.answer).finally(() => {
      asked.open = false;
    });
    return asked.answer;
  }

  /** From now on the same is meant anew. */
  forget(): void {
    this.#asked.clear();
  }
}
