/** A view whose code is loaded when somebody first asks for it. */
import type { Watchable } from "../base/derived.js";
import type { Lazy } from "../base/lazy.js";
import type { ShownTable } from "../outbox/overlay.js";
import type { Errors } from "../protocol/messages.js";
import type { Channel } from "../protocol/protocol.js";

export interface Deferrable<S> extends Watchable<S> {
  readonly table?: ShownTable | undefined;
  readonly fetchMore: () => unknown;
  readonly refetch?: () => unknown;
}

const failed: Errors = { errors: "A part of this page could not be loaded. Reload it." };

/** Shows `loading` until it is there, and what it shows from then on. */
class Deferred<S extends object> implements Deferrable<S> {
  readonly channel: Channel | undefined;
  #made: Deferrable<S> | undefined;
  readonly #ready: Promise<unknown>;
  #before: S;

  /** `end` is called if the code cannot be loaded, so that who asks next tries again. */
  constructor(
    channel: Channel | undefined,
    made: Promise<Deferrable<S>>,
    loading: S,
    end: () => void,
  ) {
    this.channel = channel;
    this.#before = loading;
    this.#ready = made.then(
      (view) => (this.#made = view),
      () => {
        this.#before = { ...loading, loading: false, error: failed };
        end();
      },
    );
  }

  get table(): ShownTable | undefined {
    return this.#made?.table;
  }

  readonly get = (): S => this.#made?.get() ?? this.#before;

  readonly subscribe = (listener: () => void): (() => void) => {
    const made = this.#made;
    if (made) return made.subscribe(listener);
    let end: (() => void) | null = () => {};
    void this.#ready.then(() => {
      if (end === null) return;
      end = this.#made?.subscribe(listener) ?? end;
      listener();
    });
    return () => {
      end?.();
      end = null;
    };
  };

  readonly fetchMore = (): unknown => this.#made?.fetchMore();
  readonly refetch = (): unknown => this.#made?.refetch?.();
}

/** What a module makes: at once if it is here. */
export function deferred<S extends object, V extends Deferrable<S>, M>(
  channel: Channel | undefined,
  code: Lazy<M>,
  make: (module: M) => V,
  loading: S,
  end: () => void,
): V | Deferred<S> {
  return code.now ? make(code.now) : new Deferred(channel, code.load().then(make), loading, end);
}
