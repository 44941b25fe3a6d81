/** Sends what is queued, one after the other, and finds out how each ends. */
import type { Ack } from "../protocol/messages.js";
import type { Protocol } from "../protocol/protocol.js";
import { withoutWriteOnly } from "../protocol/write-only.js";
import type { Connection } from "../socket/connection.js";
import type { Parts } from "../socket/parts.js";
import { offlineAck } from "../socket/requests.js";
import { reduce } from "../state/store.js";
import type { Table } from "../state/store.js";
import type { OpQueue } from "./op-queue.js";
import { after, resultsOf, withWrites } from "./op.js";
import type { Batch, Op, Result, Write } from "./op.js";
import { SentOps } from "./sent-ops.js";

/** How an op ended; `queued`: it waits, and shows later how it ends. */
export type SendResult =
  { status: "saved"; ack: Ack } | { status: "refused"; ack: Ack } | { status: "queued" };

const unansweredEdit: Ack<never> = {
  ok: false,
  data: null,
  errors: {
    errors: "The connection went before the server answered. Look whether this was saved.",
  },
};

export class Sender {
  readonly #connection: Connection;
  readonly #parts: Parts;
  readonly #queue: OpQueue;
  readonly #onResult: (op: Op, result: SendResult) => void;
  readonly sentOps = new SentOps();
  #sending = false;

  /** `onResult` is called for each op once: when it is known how it ends, or that it will take longer. */
  constructor(
    connection: Connection,
    parts: Parts,
    queue: OpQueue,
    onResult: (op: Op, result: SendResult) => void,
  ) {
    this.#connection = connection;
    this.#parts = parts;
    this.#queue = queue;
    this.#onResult = onResult;
    connection.mode.subscribe(() => this.#modeChanged());
    connection.session.subscribe(() => void this.flush());
    connection.state.subscribe(() => this.#forgetShown());
    parts.cursor.subscribe(() => this.#forgetShown());
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
    const { event, data, ...base } = requestOf(protocol, op);
    const opts = plain ? [] : [{ op: op.op, ...base }];
    const ack = await this.#connection.request(event, data, ...opts);
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

  #settle(op: Op, ack: Ack): void {
    const settled: Op = { ...op, state: "settled", ack };
    this.sentOps.add(op.op, ack.meta?.seq);
    this.#queue.replace(op, settled);
    for (const later of this.#queue.ops.get().filter((other) => other.state === "queued")) {
      const next = after(later, settled);
      if (next !== later) this.#queue.replace(later, next);
    }
    if (this.#connection.mode.get() === "plain") resultsOf(settled).forEach(this.#applyPlain);
    this.#onResult(op, { status: "saved", ack });
    this.#forgetShown();
  }

  /** Keeps a refused op until a person has seen why; the values of write-only fields have to be typed again. */
  #park(op: Op, ack: Ack): true {
    const { protocol } = this.#connection;
    const open = withWrites(op, (write) => ({
      ...write,
      data: withoutWriteOnly(protocol, write.channel, write.data),
    }));
    this.#queue.replace(op, { ...open, state: "parked", ack });
    this.#onResult(op, { status: "refused", ack });
    return true;
  }

  /** A settled op shows until all that was sent has caught up with it. */
  #forgetShown(): void {
    const { state } = this.#connection;
    const cursors = [state.get().cursor, this.#parts.cursor.get()];
    const seq = Math.min(...cursors.map((cursor) => cursor?.seq ?? Infinity));
    this.#queue.forget((op) => seq >= (op.ack?.meta?.seq ?? 0));
  }

  /** With whole arrays there is no cursor to wait for: the answer itself goes into the store. */
  readonly #applyPlain = ({ write: { channel, kind }, record }: Result): void => {
    if (!record) return;
    const state = this.#connection.state.get();
    const table = state.tables[channel] as Table | undefined;
    const records = Array.from(table?.values() ?? [], (entry) => entry.record).filter(
      (other) => other.id !== record.id,
    );
    if (kind !== "delete") records.push(record);
    const event = { type: "array", channel, records } as const;
    this.#connection.state.set(reduce(state, event, this.#connection).state);
  };
}

interface WriteRequest {
  event: string;
  data: object;
  base?: number;
}

/** What a write is on the wire; of a batch the event of all, which has their bases in its data. */
export function requestOf(protocol: Protocol, what: Write | Batch): WriteRequest {
  return what.kind === "batch"
    ? { event: "batch", data: { writes: what.writes.map((write) => single(protocol, write)) } }
    : single(protocol, what);
}

function single({ singular }: Protocol, { channel, kind, id, data, base }: Write): WriteRequest {
  return {
    event: `${kind}_${singular[channel]}`,
    data: kind === "new" ? data : { ...data, id },
    ...(base !== null && { base }),
  };
}
