/** What several watch together: it begins with the first of them, and ends some time after the last. A source of `Derived`. */

/** A page that is left and opened again within this time, in milliseconds, finds it as it was. */
const LINGER = 10_000;

export class Lifetime {
  readonly #begin: () => void;
  readonly #end: () => void;
  #watchers = 0;
  #isOpen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `end` is called also if nobody ever watched. */
  constructor(begin: () => void, end: () => void) {
    this.#begin = begin;
    this.#end = end;
    this.#linger();
  }

  /** Returns what ends the watching. */
  readonly subscribe = (): (() => void) => {
    clearTimeout(this.#timer);
    this.#watchers += 1;
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#begin();
    }
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#linger();
    };
  };

  #linger(): void {
    this.#timer = setTimeout(() => {
      this.#isOpen = false;
      this.#end();
    }, LINGER);
  }
}
