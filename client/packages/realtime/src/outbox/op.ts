/** What a person did, on its way to the server: one edit, or several that are one, named by an idempotency key. */
import { equal } from "../base/equal.js";
import type { Ack } from "../protocol/messages.js";
import type { AnyRecord, Channel, Protocol } from "../protocol/protocol.js";
import { withoutWriteOnly } from "../protocol/write-only.js";

export type Kind = "new" | "update" | "delete";

/** What is written to one record. */
export interface Write {
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
}

interface Sending {
  /** Names the request, so that the server does it once however often it is sent. */
  readonly op: string;
  /** Edits go out in this order. */
  readonly order: number;
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

/** All of its writes are done, or none. */
export interface Batch {
  readonly kind: "batch";
  readonly writes: readonly Write[];
}

export type Op = Sending & (Write | Batch);

export function writesOf(op: Write | Batch): readonly Write[] {
  return op.kind === "batch" ? op.writes : [op];
}

/** The op with its writes changed; itself if none is. */
export function withWrites(op: Op, change: (write: Write, place: number) => Write): Op {
  const before = writesOf(op);
  const writes = before.map(change);
  if (writes.every((write, place) => write === before[place])) return op;
  return op.kind === "batch" ? { ...op, writes } : { ...op, ...(writes[0] as Write) };
}

/** The op as it may be stored: without the values of write-only fields. */
export function storable(protocol: Protocol, op: Op): Op {
  return withWrites(op, (write) => ({
    ...write,
    data: withoutWriteOnly(protocol, write.channel, write.data),
    before: write.before && withoutWriteOnly(protocol, write.channel, write.before),
  }));
}

/** What became of a record that was written: null where the server does not tell. */
export interface Result {
  readonly write: Write;
  readonly id: number;
  readonly record: AnyRecord | null;
  readonly rev: number | null;
}

/** What the answer to a settled op says of each of its writes. */
export function resultsOf(op: Op): readonly Result[] {
  const { data, meta } = op.ack ?? {};
  const records = (op.kind === "batch" ? data : [data]) as readonly (AnyRecord | null)[] | null;
  return writesOf(op).map((write, place) => {
    const record = records?.[place] ?? null;
    const rev = meta?.revs?.[place] ?? meta?.rev ?? meta?.seq ?? null;
    return { write, id: record?.id ?? write.id, record, rev };
  });
}

/** The op as it is after another one was done: it names what that made, and starts from there. */
export function after(op: Op, settled: Op): Op {
  return resultsOf(settled).reduce(
    (next, result) => withWrites(next, (write) => rebased(withServerId(write, result), result)),
    op,
  );
}

function withServerId(write: Write, { write: { kind, id: from }, id: to }: Result): Write {
  if (kind !== "new" || from === to) return write;
  return {
    ...write,
    id: write.id === from ? to : write.id,
    data: replacedIn(write.data, from, to),
  };
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
 * The write on top of an earlier one of the same record, now confirmed. Its `base` moves along only if
 * nobody else changed its fields in between: else the server has to find the conflict.
 */
function rebased(write: Write, { write: earlier, id, record, rev }: Result): Write {
  if (write.base === null || rev === null || !record) return write;
  if (write.channel !== earlier.channel || write.id !== id) return write;
  const before = write.before as Record<string, unknown> | null;
  const untouched = Object.keys(write.data).every((field) =>
    equal(before?.[field], (record as unknown as Record<string, unknown>)[field]),
  );
  return untouched ? { ...write, base: rev } : write;
}
