/** Who changed what: of one record, of a channel, or of everything, newest first. */
import { Derived } from "../base/derived.js";
import type { Watchable } from "../base/derived.js";
import { Lifetime } from "../base/lifetime.js";
import { Observable } from "../base/observable.js";
import type { Change, Errors, HistoryEntry } from "../protocol/messages.js";
import type { Channel } from "../protocol/protocol.js";
import type { Connection } from "../socket/connection.js";

/** What changes together is asked for once, in milliseconds. */
const DELAY = 300;
const MOST = 200;
const nothing: HistoryState = { entries: undefined, hasMore: false, loading: true, error: null };

/** Of what: without an id of all of a channel, without a channel of everything. */
export interface HistoryQuery {
  readonly channel?: Channel;
  readonly id?: number;
  /** How many entries a page has: 50 if absent, 200 at most. */
  readonly limit?: number;
}

export interface HistoryState {
  /** Undefined until they are there. */
  readonly entries: readonly HistoryEntry[] | undefined;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly error: Errors | null;
}

export interface HistoryView extends Watchable<HistoryState> {
  /** Shows the next page. */
  readonly fetchMore: () => unknown;
}

export class History implements HistoryView {
  readonly #connection: Connection;
  readonly #query: HistoryQuery;
  readonly #watched: Derived<HistoryState>;
  readonly #state = new Observable(nothing);
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `watch` calls back with the changes that this page hears of; `end` is called when nobody looks any more. */
  constructor(
    connection: Connection,
    query: HistoryQuery,
    watch: (listener: (changes: readonly Change[]) => void) => () => void,
    end: () => void,
  ) {
    this.#connection = connection;
    this.#query = query;
    let ends: (() => void)[] = [];
    const begin = () => void this.#ask();
    const lifetime = new Lifetime(
      () => {
        ends = [
          // What one account may know is not shown to another.
          connection.account.subscribe(() => this.#state.set(nothing)),
          connection.session.subscribe(begin),
          watch(this.#onChanges),
        ];
        begin();
      },
      () => {
        for (const each of ends) each();
        clearTimeout(this.#timer);
        end();
      },
    );
    this.#watched = new Derived([this.#state, lifetime], () => [this.get()], this.get);
  }

  readonly get = (): HistoryState => this.#state.get();

  readonly subscribe = (listener: () => void): (() => void) => this.#watched.subscribe(listener);

  readonly fetchMore = (): void => {
    const { entries, hasMore, loading } = this.get();
    if (hasMore && !loading) void this.#ask(entries);
  };

  async #ask(known: readonly HistoryEntry[] = []): Promise<void> {
    const round = (this.#round += 1);
    this.#state.set({ ...this.get(), loading: true });
    const before = known.at(-1)?.seq;
    const page = this.#query.limit ?? 50;
    // What is shown is asked for again as a whole.
    const limit =
      before === undefined ? Math.min(MOST, Math.max(page, this.get().entries?.length ?? 0)) : page;
    const question = { ...this.#query, limit, ...(before !== undefined && { before }) };
    const ack = await this.#connection.request<HistoryEntry[]>("history", question, {});
    // Without a connection it is asked for again when there is one.
    if (round !== this.#round || ack.meta?.code === "offline") return;
    const { ok, data, errors } = ack;
    this.#state.set({
      entries: data ? [...known, ...data] : this.get().entries,
      // A page may be shorter than its limit: a commit is not divided.
      hasMore: (data?.at(-1)?.seq ?? 1) > 1,
      loading: false,
      error: ok ? null : errors,
    });
  }

  readonly #onChanges = (changes: readonly Change[]): void => {
    const { channel, id } = this.#query;
    const isMine = (change: Change) =>
      (channel ?? change.channel) === change.channel && (id ?? change.id) === change.id;
    if (!changes.some(isMine)) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, DELAY);
  };
}
