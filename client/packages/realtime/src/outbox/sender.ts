/** Sends what is queued, one after the other, and finds out how each ends. */
import type { Ack } from "../protocol/messages.js";
import type { AnyRecord } from "../protocol/protocol.js";
import { withoutWriteOnly } from "../protocol/write-only.js";
import type { Connection } from "../socket/connection.js";
import { offlineAck } from "../socket/requests.js";
import { reduce } from "../state/store.js";
import type { Table } from "../state/store.js";
import type { OpQueue } from "./op-queue.js";
import { rebased, withServerId } from "./op.js";
import type { Op } from "./op.js";
import { SentOps } from "./sent-ops.js";

/** How an op ended; `queued`: it waits, and shows later how it ends. */
export type SendResult =
  | { status: "saved"; ack: Ack<AnyRecord> }
  | { status: "refused"; ack: Ack<AnyRecord> }
  | { status: "queued" };

const unansweredEdit: Ack<AnyRecord> = {
  ok: false,
  data: null,
  errors: {
    errors: "The connection went before the server answered. Look whether this was saved.",
  },
};

export class Sender {
  readonly #connection: Connection;
  readonly #queue: OpQueue;
  readonly #onResult: (op: Op, result: SendResult) => void;
  readonly sentOps = new SentOps();
  #sending = false;

  /** `onResult` is called for each op once: when it is known how it ends, or that it will take longer. */
  constructor(
    connection: Connection,
    queue: OpQueue,
    onResult: (op: Op, result: SendResult) => void,
  ) {
    this.#connection = connection;
    this.#queue = queue;
    this.#onResult = onResult;
    connection.mode.subscribe(() => this.#modeChanged());
    connection.session.subscribe(() => void this.flush());
    connection.state.subscribe(() => this.#forgetShown());
  }

  async flush(): Promise<void> {
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
    const { mode, account } = this.#connection;
    if (mode.get() === "unknown") return undefined;
    const ready = (op: Op) =>
      op.state === "queued" && op.held !== "elsewhere" && op.as === account.get();
    return this.#queue.ops.get().find(ready);
  }

  #modeChanged(): void {
    if (this.#connection.mode.get() !== "unknown") return void this.flush();
    for (const op of this.#queue.ops.get()) {
      if (op.state === "sent" && op.held === undefined) this.#requeue(op);
    }
    return undefined;
  }

  /** Sends one op; false if the next one has to wait. */
  async #send(op: Op): Promise<boolean> {
    if (op.held === "nobody" && !(await this.#queue.claim(op))) {
      await this.#queue.refresh();
      return true;
    }
    const { mode, protocol } = this.#connection;
    const plain = mode.get() === "plain";
    // Without `op` the server cannot tell a repetition, so a person has to look.
    if (plain && op.unanswered) return this.#park(op, unansweredEdit);
    this.sentOps.add(op.op);
    this.#queue.replace(op, { ...op, state: "sent" });
    const event = `${op.kind}_${protocol.singular[op.channel]}`;
    const data = op.kind === "new" ? op.data : { ...op.data, id: op.id };
    const opts = { op: op.op, ...(op.base === null ? {} : { base: op.base }) };
    const ack = await this.#connection.request<AnyRecord>(event, data, ...(plain ? [] : [opts]));
    const sent = this.#queue.get(op.op) ?? op;
    switch (ack.ok ? "ok" : ack.meta?.code) {
      case "ok":
        this.#settle(sent, ack);
        return true;
      case "offline":
        if (ack === offlineAck) this.#queue.replace(sent, { ...sent, state: "queued" });
        else if (plain) this.#park(sent, unansweredEdit);
        else this.#requeue(sent);
        return false;
      case "rate_limited":
      case "unavailable":
        this.#queue.replace(sent, { ...sent, state: "queued" });
        setTimeout(() => void this.flush(), (ack.meta?.retry_after ?? 2) * 1000);
        return false;
      case "unauthorized":
        if (op.as === null) return this.#park(sent, ack);
        // Its owner is signed out: it waits until the same person is here again.
        this.#queue.replace(sent, { ...sent, state: "queued" });
        this.#onResult(sent, { status: "queued" });
        return false;
      default:
        return this.#park(sent, ack);
    }
  }

  #requeue(op: Op): void {
    this.#queue.replace(op, { ...op, state: "queued", unanswered: true });
  }

  #settle(op: Op, ack: Ack<AnyRecord>): void {
    const settled: Op = { ...op, state: "settled", ack };
    this.sentOps.add(op.op, ack.meta?.seq);
    this.#queue.replace(op, settled);
    const id = ack.data?.id;
    for (const later of this.#queue.ops.get().filter((other) => other.state === "queued")) {
      let next = later;
      if (op.kind === "new" && id !== undefined) next = withServerId(next, op.id, id);
      next = rebased(next, settled);
      if (next !== later) this.#queue.replace(later, next);
    }
    if (this.#connection.mode.get() === "plain") this.#applyPlain(settled);
    this.#onResult(op, { status: "saved", ack });
    this.#forgetShown();
  }

  /** Keeps a refused op until a person has seen why; the values of write-only fields have to be typed again. */
  #park(op: Op, ack: Ack<AnyRecord>): true {
    const data = withoutWriteOnly(this.#connection.protocol, op.channel, op.data);
    this.#queue.replace(op, { ...op, data, state: "parked", ack });
    this.#onResult(op, { status: "refused", ack });
    return true;
  }

  /** A settled op shows until the store has caught up with it. */
  #forgetShown(): void {
    const seq = this.#connection.state.get().cursor?.seq ?? Infinity;
    this.#queue.forget((op) => seq >= (op.ack?.meta?.seq ?? 0));
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
    const event = { type: "array", channel: op.channel, records } as const;
    this.#connection.state.set(reduce(state, event, this.#connection).state);
  }
}
