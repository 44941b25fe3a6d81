/** Unconfirmed edits on top of what the server sent (optimistic updates). Pure. */
import { equal } from "../base/equal.js";
import type { AnyRecord, Protocol } from "../protocol/protocol.js";
import { withoutWriteOnly } from "../protocol/write-only.js";
import type { Entry, Table } from "../state/store.js";
import type { Op } from "./op.js";

/** An entry as it is shown; `op` says that an edit of it is not confirmed yet. */
export interface Shown<R = AnyRecord> extends Entry<R> {
  readonly op?: string;
}

export type ShownTable = ReadonlyMap<number, Shown>;

/** A table with unconfirmed edits on top of it. The table itself is returned if there are none. */
export function overlay(protocol: Protocol, table: Table, ops: readonly Op[]): ShownTable {
  const showing = ops.filter((op) => op.state !== "parked" && op.held !== "elsewhere");
  if (showing.length === 0) return table;
  const shown = new Map<number, Shown>(table);
  for (const op of showing) {
    const id = serverId(op);
    const there = shown.get(id);
    if (op.kind === "delete") shown.delete(id);
    else if (op.state === "settled") {
      const rev = op.ack?.meta?.rev ?? null;
      shown.set(id, { rev, record: op.ack?.data as AnyRecord, op: op.op });
    } else if (op.kind === "new") {
      const record = { ...withoutWriteOnly(protocol, op.channel, op.data), id } as AnyRecord;
      shown.set(id, { rev: null, record, op: op.op });
    } else if (there) {
      const data = withoutWriteOnly(protocol, op.channel, op.data);
      const record = { ...there.record, ...data, id } as AnyRecord;
      shown.set(id, { rev: there.rev, record, op: op.op });
    }
  }
  return shown;
}

/** The id that the server gave, or the provisional one. */
export function serverId(op: Op): number {
  const data = op.state === "settled" ? (op.ack?.data as AnyRecord | null | undefined) : null;
  return data?.id ?? op.id;
}

/** Keeps the entries of the last view where an overlay made an equal one anew. */
export function withKeptEntries(before: ShownTable | undefined, after: ShownTable): ShownTable {
  if (!before) return after;
  let copy: Map<number, Shown> | null = null;
  for (const [id, entry] of after) {
    if (entry.op === undefined) continue;
    const old = before.get(id);
    if (old?.op === entry.op && old.rev === entry.rev && equal(old.record, entry.record)) {
      copy ??= new Map(after);
      copy.set(id, old);
    }
  }
  return copy ?? after;
}
