/** The parts of a channel that a collection's queries ask for: each is live, and together they are what it holds. */
import type { Watchable } from "../base/derived.js";
import { until } from "../base/until.js";
import type { Errors } from "../protocol/messages.js";
import { reason } from "../protocol/messages.js";
import type { AnyRecord, Channel } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";
import { all, orderOf, whereOf } from "./expressions.js";
import type { Expression, OrderClause } from "./expressions.js";

export interface SubsetOptions {
  readonly where?: Expression;
  readonly orderBy?: readonly OrderClause[];
  readonly limit?: number;
  readonly cursor?: { readonly whereFrom: Expression; readonly whereCurrent: Expression };
}

type Records = ReadonlyMap<number, AnyRecord>;

interface Part {
  readonly records: Records;
  /** Resolves once it is here, or throws why it is not. */
  readonly ready: Promise<unknown>;
  readonly end: () => void;
}

export class Subsets {
  readonly #realtime: Realtime;
  readonly #channel: Channel;
  readonly #changed: (records: Records) => void;
  readonly #parts = new Map<object, Part[]>();

  /** `changed` is told all records that are in one of the parts, whenever that are others. */
  constructor(realtime: Realtime, channel: Channel, changed: (records: Records) => void) {
    this.#realtime = realtime;
    this.#channel = channel;
    this.#changed = changed;
  }

  /** Looks at a part until `remove`; resolves once it is here. */
  async add(options: SubsetOptions): Promise<void> {
    const parts = this.#open(options);
    this.#parts.set(options, parts);
    await Promise.all(parts.map(({ ready }) => ready));
    this.#tell();
  }

  remove(options: object): void {
    for (const { end } of this.#parts.get(options) ?? []) end();
    this.#parts.delete(options);
    this.#tell();
  }

  clear(): void {
    for (const options of Array.from(this.#parts.keys())) this.remove(options);
  }

  #open({ where, orderBy, limit, cursor }: SubsetOptions): Part[] {
    const asked = whereOf(where);
    const sortKeys = this.#realtime.connection.protocol.sortKeys?.[this.#channel];
    const order = orderOf(orderBy, sortKeys);
    // Of what the server filters or sorts otherwise, the first ones are not known before all are here.
    if (limit === undefined || order === null || !asked.exact) return [this.#part(asked.where)];
    if (!cursor) return [this.#list(asked.where, order, limit)];
    const [from, current] = [cursor.whereFrom, cursor.whereCurrent].map(whereOf);
    if (!from?.exact || !current?.exact) return [this.#part(asked.where)];
    return [
      this.#list(all([asked, from]).where, order, limit),
      this.#part(all([asked, current]).where),
    ];
  }

  #part(where: object): Part {
    const found = this.#realtime.queries.records(this.#channel, where);
    return this.#watch(
      found,
      (table) => table && new Map(Array.from(table, ([id, { record }]) => [id, record])),
      () => found.error?.get() ?? null,
    );
  }

  #list(where: object, order: readonly string[], limit: number): Part {
    const list = this.#realtime.queries.list(this.#channel, { where, order, limit });
    return this.#watch(
      list,
      ({ records }) => records && new Map(records.map((record) => [record.id, record])),
      () => list.get().error,
    );
  }

  #watch<T>(
    view: Watchable<T>,
    read: (value: T) => Records | undefined,
    errorOf: () => Errors | null,
  ): Part {
    const part = { records: new Map() as Records };
    const look = () => {
      part.records = confirmedIn(read(view.get())) ?? part.records;
      this.#tell();
    };
    const end = view.subscribe(look);
    const ready = until(view, (value) => {
      const error = errorOf();
      if (error) throw new Error(reason(error));
      const records = read(value);
      if (records) part.records = confirmedIn(records) ?? part.records;
      return records;
    });
    return Object.assign(part, { ready, end });
  }

  #tell(): void {
    const records = new Map<number, AnyRecord>();
    for (const parts of this.#parts.values()) {
      for (const part of parts) for (const [id, record] of part.records) records.set(id, record);
    }
    this.#changed(records);
  }
}

/** The records that the server has given an id. */
function confirmedIn(records: Records | undefined): Records | undefined {
  return records && new Map(Array.from(records).filter(([id]) => id > 0));
}
