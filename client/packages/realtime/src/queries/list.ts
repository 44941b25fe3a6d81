/**
 * A list of a channel that is not here whole. The server sorts it and cuts pages; from then on it tells what changes
 * among all that match, and what belongs to the pages is taken in. What cannot be judged here is asked for again.
 */
import { Derived } from "../base/derived.js";
import { Lifetime } from "../base/lifetime.js";
import { Observable } from "../base/observable.js";
import { opsOf, overlay, withKeptEntries } from "../outbox/overlay.js";
import type { ShownTable } from "../outbox/overlay.js";
import type { Ack, Change, Cursor, Errors, Page, SyncAnswer } from "../protocol/messages.js";
import type { AnyRecord, Channel } from "../protocol/protocol.js";
import { Part } from "../socket/part.js";
import { comparison } from "../state/order.js";
import type { Compare } from "../state/order.js";
import type { Context } from "./context.js";
import type { ListState, ListView, Query } from "./list-view.js";
import { isWithin, withChanges, withPage } from "./pages.js";
import type { Pages } from "./pages.js";

/** What changes together is asked for once, in milliseconds. */
const DELAY = 300;
const MOST = 1_000;

interface Loaded {
  readonly pages: Pages | null;
  readonly count: number | undefined;
  readonly loading: boolean;
  readonly error: Errors | null;
}

const nothing: Loaded = { pages: null, count: undefined, loading: true, error: null };

export class List extends Part implements ListView {
  readonly #context: Context;
  readonly #query: Query;
  readonly #compare: Compare;
  readonly #state: Derived<ListState>;
  readonly #loaded = new Observable(nothing);
  #shown: ShownTable | undefined;
  /** Whether the server tells what changes. */
  #isLive = false;
  /** Counts the beginnings: what was asked before the last one is not wanted any more. */
  #round = 0;
  /** The records that changed while a page is on its way, and the `seq` of the change. */
  #changed: Map<number, number> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStale = false;

  /** `end` is called when it has not been looked at for a while. */
  constructor(context: Context, channel: Channel, query: Query, end: () => void) {
    super(channel, query.where, context.protocol);
    this.#context = context;
    this.#query = query;
    this.#compare = comparison(query.order, context.protocol.sortKeys?.[channel]);
    const { ops, parts } = context;
    const unconfirmed = () => opsOf(channel, ops.get());
    let before = 0;
    const opsChanged = () => {
      const now = unconfirmed().filter(({ state }) => state !== "settled").length;
      // Nobody else tells what has become of one's own edit.
      if (now < before && !this.#isLive) this.#later(true);
      before = now;
    };
    let stop = () => {};
    const lifetime = new Lifetime(
      () => {
        parts.add(this);
        stop = ops.subscribe(opsChanged);
      },
      () => {
        stop();
        clearTimeout(this.#timer);
        parts.remove(this);
        end();
      },
    );
    this.#state = new Derived<ListState>(
      [this.#loaded, ops, lifetime],
      () => [this.#loaded.get(), ...unconfirmed()],
      () => this.#view(),
    );
  }

  readonly get = (): ListState => this.#state.get();

  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);

  /** Its records by id, as they are shown. */
  get table(): ShownTable | undefined {
    this.get();
    return this.#shown;
  }

  readonly refetch = (): unknown => this.begin();

  readonly fetchMore = async (): Promise<unknown> => {
    const { pages } = this.#loaded.get();
    if (!pages?.next || this.asking > 0 || this.#changed) return undefined;
    const round = this.#round;
    const changed = (this.#changed = new Map<number, number>());
    this.#set({ loading: true });
    const ack = await this.#ask({ after: pages.next });
    if (round !== this.#round) return undefined;
    this.#changed = null;
    const now = this.#loaded.get().pages;
    if (ack.data && now) {
      this.judge(ack.data.records);
      this.#set({
        pages: withPage(now, ack.data, this.#compare, now.entries, changed),
        loading: false,
      });
    } else if (ack.meta?.code === "invalid") return this.begin();
    else this.#failed(ack);
    return undefined;
  };

  async begin(): Promise<void> {
    const round = (this.#round += 1);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isStale = false;
    this.#changed = null;
    this.asking += 1;
    this.#set({ loading: true });
    const known = this.#loaded.get().pages?.entries;
    const ack = await this.#ask({
      limit: Math.min(MOST, Math.max(this.#query.limit, known?.size ?? 0)),
      ...(this.#query.count && { count: true }),
    });
    this.asking -= 1;
    if (round !== this.#round) return;
    if (!ack.data) return this.#failed(ack);
    this.opaque = false;
    this.judge(ack.data.records);
    const { count, seq } = ack.data;
    const pages = withPage(null, ack.data, this.#compare, known);
    this.#set({ pages, count, loading: false, error: null });
    const { parts } = this.#context;
    const { epoch } = parts;
    if (epoch !== null) await parts.subscribe(this, { epoch, seq });
  }

  take(answer: SyncAnswer): void {
    this.#isLive = true;
    if (answer.mode === "delta") this.change(answer.changes, answer);
    else if (answer.mode === "snapshot") {
      // All of them came instead.
      const all = answer.snapshot[this.channel] ?? [];
      const [records, revs] = [all.map(({ record }) => record), all.map(({ rev }) => rev)];
      this.judge(records);
      const page = { records, revs, next: null, seq: answer.seq };
      const known = this.#loaded.get().pages?.entries;
      this.#set({ pages: { ...withPage(null, page, this.#compare, known), isOrdered: true } });
    }
  }

  change(changes: readonly Change[], { seq }: Cursor): void {
    const { pages, count } = this.#loaded.get();
    if (!pages || changes.length === 0) return;
    this.judge(changes.flatMap(({ record }) => record ?? []));
    if (!this.#isUnderstood(pages)) return this.#later(true);
    for (const { id } of changes) this.#changed?.set(id, seq);
    this.#set({ pages: withChanges(pages, changes, this.#compare, this.#changed !== null) });
    const isOther = ({ id, record }: Change) => !record || !pages.entries.has(id);
    if (count !== undefined && changes.some(isOther)) this.#later(false);
  }

  refuse(): void {
    // Too many subscriptions, perhaps: then it is asked for again when there is a reason.
    this.#isLive = false;
  }

  clear(): void {
    this.#round += 1;
    this.opaque = this.#isLive = false;
    this.#loaded.set(nothing);
  }

  #isUnderstood(pages: Pages): boolean {
    return pages.isOrdered && !this.opaque;
  }

  #set(more: Partial<Loaded>): void {
    this.#loaded.set({ ...this.#loaded.get(), ...more });
  }

  #view(): ListState {
    const { pages, ...rest } = this.#loaded.get();
    if (!pages) {
      this.#shown = undefined;
      return { ...rest, records: undefined, hasMore: false };
    }
    const { protocol, ops } = this.#context;
    const { channel } = this;
    const isUnderstood = this.#isUnderstood(pages);
    const has = (record: AnyRecord, was: boolean) => (isUnderstood ? this.matches(record) : was);
    const shown = overlay(protocol, pages.entries, opsOf(channel, ops.get()), { channel, has });
    this.#shown = withKeptEntries(this.#shown, shown);
    const all = Array.from(this.#shown.values(), ({ record }) => record);
    const records = isUnderstood
      ? all.filter((each) => isWithin(pages, each, this.#compare)).toSorted(this.#compare)
      : all;
    return { ...rest, records, hasMore: pages.next !== null };
  }

  async #ask(more: object): Promise<Ack<Page>> {
    const { where, order, limit } = this.#query;
    const question = { where, order, limit, ...more };
    const event = `list_${this.channel}`;
    const ack = await this.#context.connection.request<Page>(event, question, {});
    return ack.data && ack.meta?.revs
      ? { ...ack, data: { ...ack.data, revs: ack.meta.revs } }
      : ack;
  }

  #failed({ meta, errors }: Ack): void {
    switch (meta?.code) {
      case "offline":
      case "unauthorized":
        // It begins again with the connection, or with who signs in.
        return;
      case "rate_limited":
      case "unavailable":
        this.#context.parts.retry(this, meta.retry_after);
        return;
      default:
        this.#set({ loading: false, error: errors });
    }
  }

  async #recount(): Promise<void> {
    const ack = await this.#ask({ limit: 1, count: true });
    if (ack.data) this.#set({ count: ack.data.count });
  }

  /** Asks for all that is shown again, or for the count alone. */
  #later(isStale: boolean): void {
    this.#isStale ||= isStale;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void (this.#isStale ? this.begin() : this.#recount());
    }, DELAY);
  }
}
