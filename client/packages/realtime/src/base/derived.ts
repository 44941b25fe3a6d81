/** A value that follows from others, made when somebody looks, and again only when these have changed. */
/** What can be watched; the shape that React's useSyncExternalStore takes. */
export interface Watchable<T> {
  readonly get: () => T;
  readonly subscribe: (listener: () => void) => () => void;
}

type Source = Pick<Watchable<unknown>, "subscribe">;

export class Derived<T> implements Watchable<T> {
  readonly #sources: readonly Source[];
  readonly #inputs: () => readonly unknown[];
  readonly #make: (before: T | undefined) => T;
  #known: { readonly inputs: readonly unknown[]; readonly value: T } | undefined;

  /** It is made of `inputs`, which change when one of the sources does. */
  constructor(
    sources: readonly Source[],
    inputs: () => readonly unknown[],
    make: (before: T | undefined) => T,
  ) {
    this.#sources = sources;
    this.#inputs = inputs;
    this.#make = make;
  }

  readonly get = (): T => {
    const inputs = this.#inputs();
    const known = this.#known;
    const isSame =
      known?.inputs.length === inputs.length &&
      inputs.every((input, at) => Object.is(input, known.inputs[at]));
    if (known && isSame) return known.value;
    const value = this.#make(known?.value);
    this.#known = { inputs, value };
    return value;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    const ends = this.#sources.map((source) => source.subscribe(listener));
    return () => {
      for (const end of ends) end();
    };
  };
}
