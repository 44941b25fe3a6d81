/** One edit of a person on its way to the server, named by an idempotency key. */
import { equal } from "../base/equal.js";
import type { Ack } from "../protocol/messages.js";
import type { AnyRecord, Channel, Protocol } from "../protocol/protocol.js";
import { withoutWriteOnly } from "../protocol/write-only.js";

export type Kind = "new" | "update" | "delete";

export interface Op {
  /** Names the request, so that the server does it once however often it is sent. */
  readonly op: string;
  /** Edits go out in this order. */
  readonly order: number;
  readonly channel: Channel;
  readonly kind: Kind;
  /** The record's id; negative until the server has given a new record its own. */
  readonly id: number;
  /** The fields that go to the server. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The record as the person saw it; null for a new one. */
  readonly before: AnyRecord | null;
  /** The `rev` of `before`, if the server told one. */
  readonly base: number | null;
  /** Whose it is, null for nobody's name: it is shown to nobody else and sent under no other name. */
  readonly as: string | null;
  readonly at: number;
  readonly state: "queued" | "sent" | "settled" | "parked";
  /** With `settled` and `parked`: the server's answer. */
  readonly ack?: Ack;
  /** It went out before, and the answer was lost. */
  readonly unanswered?: true;
  /** Its write-only fields, which are in the memory of this page alone. */
  readonly withheld?: readonly string[];
  /** Another open page sends it, or no page that is open any more; absent for this page's own. */
  readonly held?: "elsewhere" | "nobody";
  /** The browser did not store it: it is gone with this page. */
  readonly unkept?: true;
}

/** The op as it may be stored: without the values of write-only fields. */
export function storable(protocol: Protocol, op: Op): Op {
  const before = op.before && withoutWriteOnly(protocol, op.channel, op.before);
  return { ...op, data: withoutWriteOnly(protocol, op.channel, op.data), before };
}

/** The op with a provisional id replaced wherever it names a record. */
export function withServerId(op: Op, from: number, to: number): Op {
  return { ...op, id: op.id === from ? to : op.id, data: replacedIn(op.data, from, to) };
}

function replacedIn<T>(value: T, from: number, to: number): T {
  if (Array.isArray(value)) return value.map((item) => replacedIn(item, from, to)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    inner === from && /(^|_)id$/.test(key) ? to : replacedIn(inner, from, to),
  ]);
  return Object.fromEntries(entries) as T;
}

/**
 * The op on top of an earlier one of the same record, now confirmed. Its `base` moves along only if
 * nobody else changed its fields in between: else the server has to find the conflict.
 */
export function rebased(op: Op, settled: Op): Op {
  const rev = settled.ack?.meta?.rev;
  const record = settled.ack?.data as Record<string, unknown> | null | undefined;
  if (
    op.base === null ||
    rev === undefined ||
    !record ||
    op.channel !== settled.channel ||
    op.id !== record["id"]
  ) {
    return op;
  }
  const before = op.before as Record<string, unknown> | null;
  const untouched = Object.keys(op.data).every((field) => equal(before?.[field], record[field]));
  return untouched ? { ...op, base: rev } : op;
}
