/** Code that most pages do without: it is loaded when it is first needed. */
export class Lazy<M> {
  readonly #import: () => Promise<M>;
  #module: M | undefined;
  #loading: Promise<M> | undefined;

  constructor(load: () => Promise<M>) {
    this.#import = load;
  }

  /** Undefined until it is here. */
  get now(): M | undefined {
    return this.#module;
  }

  /** Has it at once, where it was loaded otherwise. */
  provide(module: M): void {
    this.#module = module;
  }

  /** Rejects if it cannot be loaded; the next call tries again. */
  load(): Promise<M> {
    return (this.#loading ??= this.#import().then(
      (module) => (this.#module = module),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    ));
  }
}
