/** Reads pages and records: of what is here whole from memory, of all else from the server. */
import { asked, expectReader } from "../adapters/asked.js";
import { isWhole } from "../adapters/tables.js";
import { until } from "../base/until.js";
import type { ShownTable } from "../outbox/overlay.js";
import type { Page } from "../protocol/messages.js";
import type { AnyRecord, Channel } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";
import { comparison } from "../state/order.js";
import { predicate } from "../state/where.js";
import { PageCursors } from "./page-cursors.js";
import { Seen } from "./seen.js";

/** The server's limit. */
const MOST = 1_000;

export interface Query {
  readonly where: object;
  readonly order: readonly string[];
}

export interface Found {
  readonly data: AnyRecord[];
  readonly total: number;
}

export class Reader {
  readonly seen = new Seen();
  readonly cursors = new PageCursors();
  readonly #realtime: Realtime;

  constructor(realtime: Realtime) {
    this.#realtime = realtime;
  }

  /** `count` records after the first `from`, and how many there are. */
  async list(channel: Channel, query: Query, from: number, count: number): Promise<Found> {
    if (!isWhole(this.#realtime, channel)) return this.#pages(channel, query, from, count);
    const sortKeys = this.#realtime.connection.protocol.sortKeys?.[channel];
    const table = await this.#table(channel);
    const all = Array.from(table.values(), ({ record }) => record)
      .filter(predicate(query.where, sortKeys))
      .toSorted(comparison(query.order, sortKeys));
    const data = all.slice(from, from + count);
    for (const { id } of data) this.#note(channel, table, id);
    return { data, total: all.length };
  }

  /** One record; undefined if it is not there. */
  async one(channel: Channel, id: number): Promise<AnyRecord | undefined> {
    const [found] = await this.many(channel, [id]);
    return found;
  }

  /** Those of these that are there. */
  async many(channel: Channel, ids: readonly number[]): Promise<AnyRecord[]> {
    if (!isWhole(this.#realtime, channel)) {
      const found: AnyRecord[] = [];
      for (let from = 0; from < ids.length; from += MOST) {
        const some = ids.slice(from, from + MOST);
        const { records } = await this.#ask(channel, { where: { id: { in: some } }, limit: MOST });
        found.push(...records);
      }
      return found;
    }
    const table = await this.#table(channel);
    return ids.flatMap((id) => this.#note(channel, table, id) ?? []);
  }

  #note(channel: Channel, table: ShownTable, id: number): AnyRecord | undefined {
    const entry = table.get(id);
    if (entry) this.seen.add(channel, entry.record, entry.rev);
    return entry?.record;
  }

  /** The channel with one's own unconfirmed edits, once it is here. */
  #table(channel: Channel): Promise<ShownTable> {
    const table = this.#realtime.table(channel);
    const { session } = this.#realtime.connection;
    const either = {
      get: table.get,
      subscribe: (listener: () => void) => {
        const ends = [table.subscribe(listener), session.subscribe(listener)];
        return () => ends.forEach((end) => end());
      },
    };
    return until(either, (known) => {
      expectReader(this.#realtime);
      return known as ShownTable | undefined;
    });
  }

  async #pages(channel: Channel, query: Query, from: number, count: number): Promise<Found> {
    const data: AnyRecord[] = [];
    let { count: at, after } = this.cursors.before(channel, query, from);
    let total: number | undefined;
    while (total === undefined || (after !== null && at < from + count)) {
      const wanted = (at < from ? from : from + count) - at;
      const page = await this.#ask(channel, {
        ...query,
        limit: Math.min(MOST, Math.max(1, wanted)),
        ...(after !== null && { after }),
        ...(total === undefined && { count: true }),
      });
      total ??= page.count ?? 0;
      if (at >= from) data.push(...page.records);
      at += page.records.length;
      after = page.next;
      if (after === null) break;
      this.cursors.add(channel, query, at, after);
    }
    return { data, total };
  }

  async #ask(channel: Channel, question: object): Promise<Page> {
    const { data, meta } = await asked<Page>(this.#realtime, `list_${channel}`, question);
    data.records.forEach((record, at) => {
      this.seen.add(channel, record, meta?.revs?.[at] ?? null);
    });
    return data;
  }
}
