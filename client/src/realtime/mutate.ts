/**
 * The way of an edit: shown at once, sent in order, taken back with a reason if the server refuses
 * it. Without a connection it waits, over reloads too, and goes out once when there is one again.
 */
import { Observable } from "./observable";
import { rebased, renamed } from "./op";
import type { Kind, Op } from "./op";
import type { OutboxStorage } from "./outbox-storage";
import { singular } from "./protocol";
import { reduce } from "./store";
import type { Connection } from "./socket";
import type { Table } from "./store";
import { uuid } from "./uuid";
import type { Ack, AnyRecord, Channel } from "./wire";

export interface Edit {
  channel: Channel;
  kind: Kind;
  /** The record to change; not for a new one. */
  id?: number;
  /** The fields to write, as the record has them. */
  data?: Readonly<Record<string, unknown>>;
  /** The record and `rev` that the edit started from; by default what is shown now. */
  from?: { record: AnyRecord; rev: number | null };
}

/** `queued`: it waits for a connection, and the outbox tells how it ends. */
export type Outcome =
  | { status: "saved"; ack: Ack<AnyRecord> }
  | { status: "refused"; ack: Ack<AnyRecord> }
  | { status: "queued" };

const LOST: Ack<AnyRecord> = {
  ok: false,
  data: null,
  errors: {
    errors: "The connection went before the server answered. Look whether this was saved.",
  },
};

export class Outbox {
  /** Edits that are not confirmed, oldest first, and those that need a decision (`parked`). */
  readonly ops = new Observable<readonly Op[]>([]);
  readonly #connection: Connection;
  readonly #storage: OutboxStorage;
  readonly #find: (channel: Channel, id: number) => Edit["from"];
  readonly #waiting = new Map<string, (outcome: Outcome) => void>();
  readonly #own = new Set<string>();
  #sending = false;
  #order = 0;

  constructor(
    connection: Connection,
    storage: OutboxStorage,
    find: (channel: Channel, id: number) => Edit["from"],
  ) {
    this.#connection = connection;
    this.#storage = storage;
    this.#find = find;
    connection.mode.subscribe(() => this.#modeChanged());
    connection.session.subscribe(() => void this.#flush());
    connection.state.subscribe(() => this.#forgetShown());
    connection.status.subscribe(() => this.#release());
  }

  /** Takes over what an earlier visit left. Call it once, before the connection opens. */
  async restore(): Promise<void> {
    const saved = await this.#storage.load();
    const ops = saved.map((op) => ({ ...op, waited: true }));
    this.ops.set([...ops, ...this.ops.get()]);
    void this.#flush();
  }

  /** Whether this client sent the op, now or lately. */
  isOwn(op: string | null | undefined): boolean {
    return op != null && this.#own.has(op);
  }

  mutate(edit: Edit): Promise<Outcome> {
    const order = (this.#order = Math.max(this.#order + 1, Date.now() * 1000));
    const id = edit.id ?? -order;
    const from = edit.from ?? (edit.kind === "new" ? undefined : this.#find(edit.channel, id));
    const op: Op = {
      op: uuid(),
      order,
      channel: edit.channel,
      kind: edit.kind,
      id,
      data: edit.data ?? {},
      before: from?.record ?? null,
      // A deletion is meant whatever the record says by now; it can be undone.
      base: edit.kind === "delete" ? null : (from?.rev ?? null),
      as: this.#connection.session.get()?.user?.username ?? null,
      at: Date.now(),
      state: "queued",
      waited: this.#connection.status.get().status !== "live",
    };
    this.#storage.save(op);
    this.ops.set([...this.ops.get(), op]);
    if (op.waited) return Promise.resolve({ status: "queued" });
    return new Promise((resolve) => {
      this.#waiting.set(op.op, resolve);
      void this.#flush();
    });
  }

  /** Takes an edit back that is not on its way yet, or dismisses one that was refused. */
  discard(op: string): boolean {
    const found = this.#get(op);
    if (!found || found.state === "sent" || found.state === "settled") return false;
    this.#drop(found);
    return true;
  }

  /** Sends a refused edit again: as it is, or with other data on top of another revision. */
  retry(op: string, change: Partial<Pick<Op, "data" | "base" | "before">> = {}): void {
    const found = this.#get(op);
    if (found?.state !== "parked") return;
    const { ack: _, ...rest } = found;
    const changed = Object.keys(change).length > 0;
    // An op names one payload for good, so other data goes under another name.
    const next: Op = { ...rest, ...change, state: "queued", op: changed ? uuid() : found.op };
    this.#replace(found, next);
    void this.#flush();
  }

  #get(op: string): Op | undefined {
    return this.ops.get().find((candidate) => candidate.op === op);
  }

  #replace(old: Op, next: Op): void {
    if (old.op !== next.op) this.#storage.remove(old);
    if (next.state === "settled") this.#storage.remove(next);
    else this.#storage.save(next);
    this.ops.set(this.ops.get().map((op) => (op.op === old.op ? next : op)));
  }

  #drop(op: Op): void {
    this.#storage.remove(op);
    this.ops.set(this.ops.get().filter((candidate) => candidate.op !== op.op));
  }

  #modeChanged(): void {
    if (this.#connection.mode.get() === "unknown") {
      for (const op of this.ops.get()) {
        if (op.state === "sent") this.#replace(op, { ...op, state: "queued" });
      }
    } else void this.#flush();
  }

  /** Whoever waits for an answer is told when the connection goes that it will take longer. */
  #release(): void {
    if (this.#connection.status.get().status === "live") return;
    for (const op of this.ops.get()) {
      const resolve = this.#waiting.get(op.op);
      if (!resolve) continue;
      this.#waiting.delete(op.op);
      this.#replace(op, { ...op, waited: true });
      resolve({ status: "queued" });
    }
  }

  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let op = this.#next(); op; op = this.#next()) {
        // One after the other: an edit may depend on the one before it.
        if (!(await this.#send(op))) break;
      }
    } finally {
      this.#sending = false;
    }
  }

  #next(): Op | undefined {
    if (this.#connection.mode.get() === "unknown") return undefined;
    const user = this.#connection.session.get()?.user?.username ?? null;
    return this.ops.get().find((op) => op.state === "queued" && (op.as === null || op.as === user));
  }

  /** Sends one op; false if the next one has to wait. */
  async #send(op: Op): Promise<boolean> {
    const plain = this.#connection.mode.get() === "plain";
    this.#remember(op.op);
    this.#replace(op, { ...op, state: "sent" });
    const event = `${op.kind}_${singular[op.channel]}`;
    const data = op.kind === "new" ? op.data : { ...op.data, id: op.id };
    const opts = { op: op.op, ...(op.base === null ? {} : { base: op.base }) };
    const ack = await this.#connection.request<AnyRecord>(event, data, ...(plain ? [] : [opts]));
    const sent = this.#get(op.op) ?? op;
    switch (ack.ok ? "ok" : ack.meta?.code) {
      case "ok":
        this.#settle(sent, ack);
        return true;
      case "offline":
        // Without `op` the server cannot tell a repetition, so a person has to look.
        if (plain) this.#park(sent, LOST);
        else this.#replace(sent, { ...sent, state: "queued" });
        return false;
      case "rate_limited":
      case "unavailable":
        this.#replace(sent, { ...sent, state: "queued" });
        setTimeout(() => void this.#flush(), (ack.meta?.retry_after ?? 2) * 1000);
        return false;
      default:
        this.#park(sent, ack);
        return true;
    }
  }

  #settle(op: Op, ack: Ack<AnyRecord>): void {
    const settled: Op = { ...op, state: "settled", ack };
    this.#replace(op, settled);
    const id = ack.data?.id;
    for (const later of this.ops.get().filter((other) => other.state === "queued")) {
      let next = later;
      if (op.kind === "new" && id !== undefined) next = renamed(next, op.id, id);
      next = rebased(next, settled);
      if (next !== later) this.#replace(later, next);
    }
    if (this.#connection.mode.get() === "plain") this.#applyPlain(settled);
    this.#forgetShown();
    this.#finish(op, { status: "saved", ack });
  }

  #park(op: Op, ack: Ack<AnyRecord>): void {
    // Somebody who is still looking at it keeps what was typed; otherwise the outbox does.
    if (op.waited) this.#replace(op, { ...op, state: "parked", ack });
    else this.#drop(op);
    this.#finish(op, { status: "refused", ack });
  }

  #finish(op: Op, outcome: Outcome): void {
    this.#waiting.get(op.op)?.(outcome);
    this.#waiting.delete(op.op);
  }

  /** A settled op shows until the store has caught up with it. */
  #forgetShown(): void {
    const { cursor } = this.#connection.state.get();
    const left = this.ops
      .get()
      .filter(
        (op) => op.state !== "settled" || (cursor?.seq ?? Infinity) < (op.ack?.meta?.seq ?? 0),
      );
    if (left.length !== this.ops.get().length) this.ops.set(left);
  }

  /** With whole arrays there is no cursor to wait for: the answer itself goes into the store. */
  #applyPlain(op: Op): void {
    const record = op.ack?.data as AnyRecord | null | undefined;
    if (!record) return;
    const state = this.#connection.state.get();
    const table = state.tables[op.channel] as Table | undefined;
    const records = Array.from(table?.values() ?? [], (entry) => entry.record).filter(
      (other) => other.id !== record.id,
    );
    if (op.kind !== "delete") records.push(record);
    this.#connection.state.set(
      reduce(state, { type: "array", channel: op.channel, records }).state,
    );
  }

  #remember(op: string): void {
    this.#own.add(op);
    const [oldest] = this.#own;
    if (this.#own.size > 1000 && oldest) this.#own.delete(oldest);
  }
}
