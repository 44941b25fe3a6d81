/**
 * The way of an edit: shown at once, sent in order, taken back with a reason if the server refuses
 * it. Without a connection it waits, over reloads too, and goes out once when there is one again.
 */
import type { Observable } from "../base/observable.js";
import { uuid } from "../base/uuid.js";
import type { Ack } from "../protocol/messages.js";
import type { AnyRecord, Channel, ChannelOf, Channels } from "../protocol/protocol.js";
import { writeOnlyIn } from "../protocol/write-only.js";
import type { Connection } from "../socket/connection.js";
import type { Parts } from "../socket/parts.js";
import { Deduplicator } from "./deduplicator.js";
import { OpQueue } from "./op-queue.js";
import { withWrites, writesOf } from "./op.js";
import type { Batch, Kind, Op, Write } from "./op.js";
import type { OutboxStorage } from "./outbox-storage.js";
import { requestOf, Sender } from "./sender.js";
import type { SendResult } from "./sender.js";
import type { SentOps } from "./sent-ops.js";

export interface Edit<C = Channels> {
  channel: ChannelOf<C>;
  kind: Kind;
  /** The record to change; not for a new one. */
  id?: number;
  /** The fields to write, as the record has them. */
  data?: Readonly<Record<string, unknown>>;
  /** The record and `rev` that the edit started from; by default what is shown now. */
  from?: { record: C[ChannelOf<C>]; rev: number | null };
}

/**
 * `refused`: it stays among the ops until `dismiss` says that a person knows why. `queued`: it waits, and
 * the ops tell how it ends; `kept` says where: on the device, or only as long as this page is open.
 */
export type Outcome<D = AnyRecord> =
  | { status: "saved"; ack: Ack<D> }
  | { status: "refused"; ack: Ack<D>; dismiss: () => void }
  | { status: "queued"; kept: boolean };

/** An edit that was made: the op that names it, and how it ends. */
export interface PendingEdit<D = AnyRecord> {
  readonly op: string;
  readonly outcome: Promise<Outcome<D>>;
}

/** Several edits that are one: each in its own event, and the records in their order in the answer. */
export type PendingBatch<R = AnyRecord> = PendingEdit<(R | null)[]>;

export class Outbox {
  /**
   * Edits of whoever is signed in that are not confirmed, and those that need a decision (`parked`):
   * this page's, and what other pages and earlier visits left on the device.
   */
  readonly ops: Observable<readonly Op[]>;
  readonly #connection: Connection;
  readonly #queue: OpQueue;
  readonly #sender: Sender;
  readonly #find: (channel: Channel, id: number) => Edit["from"];
  readonly #waiting = new Map<string, (result: SendResult) => void>();
  readonly #deduplicator = new Deduplicator<PendingEdit<unknown>>();
  #order = 0;

  constructor(
    connection: Connection,
    parts: Parts,
    storage: OutboxStorage,
    find: (channel: Channel, id: number) => Edit["from"],
  ) {
    this.#connection = connection;
    this.#find = find;
    this.#queue = new OpQueue(connection, storage);
    this.#sender = new Sender(connection, parts, this.#queue, (op, result) =>
      this.#resolve(op.op, result),
    );
    this.ops = this.#queue.ops;
    this.ops.subscribe(() => this.#release((op) => this.#queue.get(op) === undefined));
    connection.status.subscribe(() => {
      if (connection.status.get().status !== "live") this.#release(() => true);
    });
    storage.watch(() => void this.restore());
  }

  /** Takes over what earlier visits left, and pages that are not open any more. */
  async restore(): Promise<void> {
    await this.#queue.refresh();
    void this.#sender.flush();
  }

  /** What this page sent, now or lately. */
  get sentOps(): SentOps {
    return this.#sender.sentOps;
  }

  /** Makes an edit; what is made twice in a moment is one edit. */
  mutate(edit: Edit): PendingEdit {
    const target = edit.kind === "new" ? undefined : `${edit.channel} ${edit.id}`;
    return this.#once([edit], target, (order) => this.#write(edit, order)) as PendingEdit;
  }

  /** Makes several that are done all or not at all, in this order. */
  batch(edits: readonly Edit[]): PendingBatch {
    const make = (order: number) => ({
      kind: "batch" as const,
      writes: edits.map((edit, place) => this.#write(edit, order + place)),
    });
    return this.#once(edits, undefined, make) as PendingBatch;
  }

  /** Asks what edits would do, of what is shown now. */
  check(edits: Edit | readonly Edit[]): Promise<Ack> {
    const made = [edits].flat().map((edit, place) => this.#write(edit as Edit, 1 + place));
    const [first] = made;
    const what = Array.isArray(edits) || !first ? { kind: "batch" as const, writes: made } : first;
    const { event, data, ...base } = requestOf(this.#connection.protocol, what);
    return this.#connection.request(event, data, { check: true, ...base });
  }

  /** Lets the next edit be one of its own, also if it is equal to one made just before. */
  forgetDuplicates(): void {
    this.#deduplicator.clear();
  }

  #once(
    edits: readonly Edit[],
    target: string | undefined,
    make: (order: number) => Write | Batch,
  ): PendingEdit<unknown> {
    const request = JSON.stringify(
      // Meant on top of another revision it is another edit: somebody has seen what is there now.
      edits.map(({ channel, kind, id, data, from }) => [channel, kind, id, data, from?.rev]),
    );
    return this.#deduplicator.run(
      target ?? request,
      request,
      () => {
        const order = Math.max(this.#order + 1, Date.now() * 1000);
        // Each has a provisional id of its own.
        this.#order = order + edits.length - 1;
        return this.#make(order, make(order));
      },
      ({ outcome }) => outcome,
    );
  }

  #write(edit: Edit, order: number): Write {
    const { channel, kind, id = -order, data = {}, from } = edit;
    const start = from ?? (kind === "new" ? undefined : this.#find(channel, id));
    return {
      channel,
      kind,
      id,
      data,
      before: start?.record ?? null,
      // A deletion is meant whatever the record says by now; it can be undone.
      base: kind === "delete" ? null : (start?.rev ?? null),
    };
  }

  #make(order: number, what: Write | Batch): PendingEdit<unknown> {
    const made: Op = {
      ...what,
      op: uuid(),
      order,
      as: this.#connection.account.get(),
      at: Date.now(),
      state: "queued",
    };
    const op = this.#withheld(made);
    const outcome = new Promise<Outcome<unknown>>((resolve) => {
      this.#waiting.set(op.op, (result) => resolve(this.#outcome(op.op, result)));
      this.#queue.add(op);
      if (this.#connection.status.get().status !== "live")
        this.#resolve(op.op, { status: "queued" });
      void this.#sender.flush();
    });
    return { op: op.op, outcome };
  }

  /** The op with the names of its write-only fields that have a value. */
  #withheld(op: Op): Op {
    const { protocol } = this.#connection;
    const names = writesOf(op).flatMap(({ channel, data }) => writeOnlyIn(protocol, channel, data));
    return names.length > 0 ? { ...op, withheld: names } : op;
  }

  isOnItsWay(op: string): boolean {
    return this.#queue.get(op)?.state === "sent";
  }

  /** Takes an edit back that is not on its way yet, or dismisses one that was refused. */
  discard(op: string): boolean {
    const found = this.#queue.get(op);
    if (!found || found.state === "sent" || found.state === "settled") return false;
    this.#queue.drop(found);
    return true;
  }

  /** Takes all of them back, for whoever is signed in. */
  discardAll(): void {
    for (const op of this.ops.get()) this.#queue.drop(op);
  }

  /** Gives the edits of an account to the name that it has now. */
  rename(from: string, to: string): void {
    this.#queue.rename(from, to);
    void this.#sender.flush();
  }

  /** Sends what was refused again: as it is, or with other data on top of another revision, of a batch at a place. */
  retry(op: string, change: Partial<Pick<Write, "data" | "base" | "before">> = {}, at = 0): void {
    const found = this.#queue.get(op);
    if (found?.state !== "parked") return;
    const changed = Object.keys(change).length > 0;
    // The write-only values are not known any more: without it this would be another edit.
    if (found.withheld && !changed) return;
    const { ack: _, withheld: __, unanswered: ___, held: ____, ...rest } = found;
    const merged = withWrites(rest, (write, place) =>
      place === at ? { ...write, ...change } : write,
    );
    // An op names one payload for good, so other data goes under another name.
    const next = { ...merged, state: "queued", op: changed ? uuid() : found.op } as const;
    this.#queue.replace(found, this.#withheld(next));
    void this.#sender.flush();
  }

  #resolve(op: string, result: SendResult): void {
    const resolve = this.#waiting.get(op);
    this.#waiting.delete(op);
    resolve?.(result);
  }

  /** Whoever waits for an answer is told that it will take longer. */
  #release(isLate: (op: string) => boolean): void {
    for (const op of this.#waiting.keys()) if (isLate(op)) this.#resolve(op, { status: "queued" });
  }

  #outcome(op: string, result: SendResult): Outcome<unknown> {
    if (result.status === "refused") return { ...result, dismiss: () => void this.discard(op) };
    if (result.status === "saved") return result;
    const { unkept, withheld } = this.#queue.get(op) ?? {};
    return { status: "queued", kept: !unkept && !withheld };
  }
}
