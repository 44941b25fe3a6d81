/** What this page looks at: who asks for the same gets the same, and the server is asked for it once. */
import { canonical } from "../base/canonical.js";
import { Derived } from "../base/derived.js";
import type { Watchable } from "../base/derived.js";
import { Lazy } from "../base/lazy.js";
import type { Observable } from "../base/observable.js";
import { opsOf, overlay } from "../outbox/overlay.js";
import type { Shown, ShownTable } from "../outbox/overlay.js";
import type { Change, Errors } from "../protocol/messages.js";
import type { Channel } from "../protocol/protocol.js";
import { partKey } from "../socket/part.js";
import { predicate } from "../state/where.js";
import type { Context } from "./context.js";
import { deferred } from "./deferred.js";
import type { HistoryQuery, HistoryState, HistoryView } from "./history.js";
import type { ListState, ListView, Query } from "./list-view.js";
import { Subscription } from "./subscription.js";

/** Records by id, undefined while loading. */
export interface Records extends Watchable<ShownTable | undefined> {
  /** Why the server does not tell them; absent where it need not. */
  readonly error?: Observable<Errors | null>;
}

interface Shared extends Pick<Watchable<unknown>, "subscribe"> {
  readonly channel?: Channel | undefined;
  readonly table?: ShownTable | undefined;
}

const noList: ListState = {
  records: undefined,
  hasMore: false,
  count: undefined,
  loading: true,
  error: null,
};
const noHistory: HistoryState = { entries: undefined, hasMore: false, loading: true, error: null };

// Not every page has them.
export const lists = new Lazy(() => import("./lists.js"));
export const histories = new Lazy(() => import("./history.js"));

export class Queries {
  readonly #context: Context;
  readonly #whole: (channel: Channel) => Records;
  readonly #shared = new Map<string, Shared>();
  readonly #listeners = new Set<(changes: readonly Change[]) => void>();

  /** `whole` gives the records of a channel that is here whole. */
  constructor(context: Context, whole: (channel: Channel) => Records) {
    this.#context = context;
    this.#whole = whole;
  }

  /** Those that a filter is true of. */
  records(channel: Channel, where: object = {}): Records {
    if (!this.#isWhole(channel))
      return this.#share(
        partKey(channel, where),
        (end) => new Subscription(this.#context, channel, where, end),
      );
    const table = this.#whole(channel);
    if (Object.keys(where).length === 0) return table;
    const matches = predicate(where, this.#context.protocol.sortKeys?.[channel]);
    return new Derived(
      [table],
      () => [table.get()],
      () => {
        const all = table.get();
        return all && new Map(Array.from(all).filter(([, { record }]) => matches(record)));
      },
    );
  }

  /** Records among which one is, if it is there. */
  record(channel: Channel, id: number): Records {
    if (this.#isWhole(channel)) return this.#whole(channel);
    if (id > 0) return this.records(channel, { id });
    // It is on its way to the server, which does not know this id.
    const { ops, protocol } = this.#context;
    const unconfirmed = () => opsOf(channel, ops.get());
    return new Derived<ShownTable | undefined>([ops], unconfirmed, () =>
      overlay(protocol, new Map(), unconfirmed(), { channel }),
    );
  }

  list(channel: Channel, query: Partial<Query>): ListView {
    const { where = {}, order = [], limit = 100, count = false } = query;
    const all = { where, order, limit, count };
    if (this.#isWhole(channel)) {
      const table = this.#whole(channel);
      const sortKeys = this.#context.protocol.sortKeys?.[channel];
      return deferred(
        undefined,
        lists,
        ({ WholeList }) => new WholeList(table, all, sortKeys),
        noList,
        () => {},
      );
    }
    return this.#share<ListView>(`list ${channel} ${canonical(all)}`, (end) =>
      deferred(
        channel,
        lists,
        ({ List }) => new List(this.#context, channel, all, end),
        noList,
        end,
      ),
    );
  }

  history(query: HistoryQuery): HistoryView {
    const { connection } = this.#context;
    return this.#share<HistoryView>(`history ${canonical(query)}`, (end) =>
      deferred(
        undefined,
        histories,
        ({ History }) => new History(connection, query, this.watch, end),
        noHistory,
        end,
      ),
    );
  }

  /** A record as somebody sees it on this page. */
  find(channel: Channel, id: number): Shown | undefined {
    if (this.#isWhole(channel)) return this.#whole(channel).get()?.get(id);
    const found = Array.from(this.#shared.values(), (open) =>
      open.channel === channel ? open.table?.get(id) : undefined,
    );
    // Some lists know no rev.
    return found.find((entry) => entry && entry.rev !== null) ?? found.find(Boolean);
  }

  /** Tells of changes that the server made known. */
  applied(changes: readonly Change[]): void {
    for (const listener of this.#listeners) listener(changes);
  }

  /** Calls back with changes that the server made known, until the returned function is called. */
  readonly watch = (listener: (changes: readonly Change[]) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #isWhole(channel: Channel): boolean {
    return this.#context.connection.channels.includes(channel);
  }

  #share<T extends Shared>(key: string, make: (end: () => void) => T): T {
    const known = this.#shared.get(key) as T | undefined;
    const made = known ?? make(() => this.#shared.delete(key));
    this.#shared.set(key, made);
    return made;
  }
}
