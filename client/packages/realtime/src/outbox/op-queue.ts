/**
 * The edits of one account that are not confirmed: in this page's memory, on the device, and as other
 * pages leave them there. Those of other accounts stay where they are, unseen.
 */
import { equal } from "../base/equal.js";
import { Observable } from "../base/observable.js";
import type { Ack } from "../protocol/messages.js";
import type { Connection } from "../socket/connection.js";
import { storable } from "./op.js";
import type { Op } from "./op.js";
import type { OutboxStorage } from "./outbox-storage.js";

/** What a person has to do about a write-only value that was in the memory of a page that is gone. */
const passwordMissing: Ack<never> = {
  ok: false,
  data: null,
  errors: { errors: "A password is never kept on this device. Review this, and type it again." },
  meta: { code: "withheld" },
};

export class OpQueue {
  /** Oldest first. */
  readonly ops = new Observable<readonly Op[]>([]);
  readonly #connection: Connection;
  readonly #storage: OutboxStorage;

  constructor(connection: Connection, storage: OutboxStorage) {
    this.#connection = connection;
    this.#storage = storage;
    connection.account.subscribe(() => {
      this.ops.set([]);
      this.#merge();
    });
  }

  /** Takes in what other pages and earlier visits left. */
  async refresh(): Promise<void> {
    try {
      await this.#storage.look();
    } catch {
      // Then every page counts as this one does: what two of them send is done once.
    }
    this.#merge();
  }

  /** Gives the edits of an account to the name that it has now. */
  rename(from: string, to: string): void {
    for (const op of this.#storage.read(from)) this.#kept({ ...op, as: to });
    this.#merge();
  }

  get(op: string): Op | undefined {
    return this.ops.get().find((candidate) => candidate.op === op);
  }

  add(op: Op): void {
    this.ops.set([...this.ops.get(), this.#kept(op)]);
  }

  /** Puts the next state of an op in its place; also of one whose owner is not here any more. */
  replace(old: Op, next: Op): void {
    if (old.op !== next.op || next.state === "settled") this.#storage.remove(old);
    const kept = next.state === "settled" ? next : this.#kept(next);
    this.ops.set(this.ops.get().map((op) => (op.op === old.op ? kept : op)));
  }

  drop(op: Op): void {
    this.#storage.remove(op);
    this.ops.set(this.ops.get().filter((candidate) => candidate.op !== op.op));
  }

  /** Forgets settled ops that need not be shown any more. */
  forget(isDone: (op: Op) => boolean): void {
    const left = this.ops.get().filter((op) => op.state !== "settled" || !isDone(op));
    if (left.length !== this.ops.get().length) this.ops.set(left);
  }

  /** Makes an op this page's that no open page holds. */
  claim(op: Op): Promise<boolean> {
    return this.#storage.claim(op);
  }

  #kept(op: Op): Op {
    const { held: _, unkept: __, ...own } = op;
    return this.#storage.save(storable(this.#connection.protocol, own))
      ? own
      : { ...own, unkept: true };
  }

  #merge(): void {
    const before = this.ops.get();
    const known = new Map(before.map((op) => [op.op, op]));
    const stored = this.#storage.read(this.#connection.account.get());
    const found = new Set(stored.map(({ op }) => op));
    const next = [
      ...stored.map((op) => merged(known.get(op.op), op)),
      ...before.filter((op) => !found.has(op.op) && isOurs(op)),
    ].toSorted((a, b) => a.order - b.order);
    if (next.length !== before.length || next.some((op, at) => op !== before[at])) {
      this.ops.set(next);
    }
  }
}

/** Whether this page is about to hear how it ends, whatever others do to it. */
function isOurs(op: Op): boolean {
  return op.state === "sent" || op.state === "settled";
}

function merged(mine: Op | undefined, stored: Op): Op {
  if (mine && mine.held === undefined) {
    // This page's memory knows more, but for an op that another one has taken over or parked.
    if (isOurs(mine)) return mine;
    if (stored.held === undefined && stored.state !== "parked") return mine;
  }
  const found = stored.held === "elsewhere" ? stored : adopted(stored);
  return mine && equal(mine, found) ? mine : found;
}

/** An op of a page that is gone. */
function adopted(op: Op): Op {
  if (op.state === "parked") return op;
  if (op.withheld) return { ...op, state: "parked", ack: passwordMissing };
  return op.state === "sent" ? { ...op, state: "queued", unanswered: true } : op;
}
