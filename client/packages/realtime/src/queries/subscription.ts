/** The records of a part of a channel, live, with unconfirmed edits on top. */
import { Derived } from "../base/derived.js";
import type { Watchable } from "../base/derived.js";
import { Lifetime } from "../base/lifetime.js";
import { Observable } from "../base/observable.js";
import { opsOf, overlay, withKeptEntries } from "../outbox/overlay.js";
import type { ShownTable } from "../outbox/overlay.js";
import type { Ack, Change, Errors, SyncAnswer } from "../protocol/messages.js";
import type { AnyRecord, Channel } from "../protocol/protocol.js";
import { Part } from "../socket/part.js";
import { kept } from "../state/patch.js";
import type { Entry, Table } from "../state/store.js";
import type { Context } from "./context.js";

export class Subscription extends Part implements Watchable<ShownTable | undefined> {
  readonly #context: Context;
  readonly #table = new Observable<Table | undefined>(undefined);
  readonly #shown: Derived<ShownTable | undefined>;
  /** Why the server does not tell; null as long as it does. */
  readonly error = new Observable<Errors | null>(null);

  /** `end` is called when it has not been looked at for a while. */
  constructor(context: Context, channel: Channel, where: object, end: () => void) {
    super(channel, where, context.protocol);
    this.#context = context;
    const { parts, ops, protocol } = context;
    const lifetime = new Lifetime(
      () => parts.add(this),
      () => {
        parts.remove(this);
        end();
      },
    );
    const area = {
      channel,
      has: (record: AnyRecord, was: boolean) => (this.opaque ? was : this.matches(record)),
    };
    this.#shown = new Derived<ShownTable | undefined>(
      [this.#table, this.error, ops, lifetime],
      () => [this.#table.get(), ...opsOf(channel, ops.get())],
      (before) => {
        const table = this.#table.get();
        const shown = table && overlay(protocol, table, opsOf(channel, ops.get()), area);
        return shown && withKeptEntries(before, shown);
      },
    );
  }

  /** The records by id; undefined while loading. */
  readonly get = (): ShownTable | undefined => this.#shown.get();

  readonly subscribe = (listener: () => void): (() => void) => this.#shown.subscribe(listener);

  get table(): ShownTable | undefined {
    return this.get();
  }

  begin(): void {
    void this.#context.parts.subscribe(this, this.#table.get() ? this.cursor : null);
  }

  take(answer: SyncAnswer): void {
    this.error.set(null);
    if (answer.mode === "snapshot") this.#replace(answer.snapshot[this.channel] ?? []);
    else if (answer.mode === "delta") this.change(answer.changes);
    this.judge(Array.from(this.#table.get()?.values() ?? [], ({ record }) => record));
  }

  change(changes: readonly Change[]): void {
    const table = new Map(this.#table.get());
    for (const { id, rev, record } of changes) {
      if (record) table.set(id, kept(table.get(id), { rev, record }));
      else table.delete(id);
    }
    this.#table.set(table);
  }

  /** A single record can be read all the same, and then it is as it was at that time. */
  refuse(ack: Ack): void {
    const { id, ...more } = this.where as { id?: unknown };
    if (typeof id !== "number" || Object.keys(more).length > 0) return this.error.set(ack.errors);
    const { connection, protocol } = this.#context;
    const event = `get_${protocol.singular[this.channel]}`;
    void connection.request<AnyRecord>(event, { id }, {}).then(({ ok, data, meta, errors }) => {
      if (ok && data) this.#replace([{ rev: meta?.rev ?? null, record: data }]);
      else if (meta?.code === "not_found") this.#replace([]);
      else this.error.set(errors);
    });
    return undefined;
  }

  clear(): void {
    this.#table.set(undefined);
    this.error.set(null);
    this.opaque = false;
  }

  #replace(entries: readonly Entry[]): void {
    const before = this.#table.get();
    this.#table.set(
      new Map(entries.map((entry) => [entry.record.id, kept(before?.get(entry.record.id), entry)])),
    );
  }
}
