/** What a list shows, and a list of a channel that is here whole: nothing has to be asked for. */
import { Derived } from "../base/derived.js";
import type { Watchable } from "../base/derived.js";
import { Observable } from "../base/observable.js";
import type { ShownTable } from "../outbox/overlay.js";
import type { Errors } from "../protocol/messages.js";
import type { AnyRecord, SortKeys } from "../protocol/protocol.js";
import { comparison } from "../state/order.js";
import { predicate } from "../state/where.js";

export interface ListState<R = AnyRecord> {
  /** Those of the pages that were asked for, in their order; undefined until the first is there. */
  readonly records: readonly R[] | undefined;
  /** Whether there are more. */
  readonly hasMore: boolean;
  /** How many match in all, if that was asked. */
  readonly count: number | undefined;
  /** Whether records are being asked for: the first ones, more, or all again. */
  readonly loading: boolean;
  /** Why the server gave none; null if it did. */
  readonly error: Errors | null;
}

export interface ListView extends Watchable<ListState> {
  /** Shows the next page. */
  readonly fetchMore: () => unknown;
  /** Asks for what is shown again. */
  readonly refetch: () => unknown;
}

/** A query with its defaults, whatever the records are. */
export interface Query {
  readonly where: object;
  readonly order: readonly string[];
  readonly limit: number;
  readonly count: boolean;
}

export class WholeList implements ListView {
  readonly #pages = new Observable(1);
  readonly #state: Derived<ListState>;

  constructor(
    table: Watchable<ShownTable | undefined>,
    { where, order, limit, count }: Query,
    sortKeys: SortKeys | undefined,
  ) {
    const matches = predicate(where, sortKeys);
    const compare = comparison(order, sortKeys);
    this.#state = new Derived<ListState>(
      [table, this.#pages],
      () => [table.get(), this.#pages.get()],
      () => {
        const all = Array.from(table.get()?.values() ?? [], ({ record }) => record)
          .filter(matches)
          .toSorted(compare);
        const shown = this.#pages.get() * limit;
        return {
          records: table.get() && all.slice(0, shown),
          hasMore: all.length > shown,
          count: count && table.get() ? all.length : undefined,
          loading: table.get() === undefined,
          error: null,
        };
      },
    );
  }

  readonly get = (): ListState => this.#state.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);

  readonly fetchMore = (): void => {
    if (this.get().hasMore) this.#pages.set(this.#pages.get() + 1);
  };

  readonly refetch = (): void => {};
}
