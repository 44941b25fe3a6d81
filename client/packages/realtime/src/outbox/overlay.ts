/** Unconfirmed edits on top of what the server sent (optimistic updates). Pure. */
import { equal } from "../base/equal.js";
import type { AnyRecord, Channel, Protocol } from "../protocol/protocol.js";
import { withoutWriteOnly } from "../protocol/write-only.js";
import type { Entry, Table } from "../state/store.js";
import { resultsOf, writesOf } from "./op.js";
import type { Op, Result } from "./op.js";

/** An entry as it is shown; `op` says that an edit of it is not confirmed yet. */
export interface Shown<R = AnyRecord> extends Entry<R> {
  readonly op?: string;
}

export type ShownTable = ReadonlyMap<number, Shown>;

/** A channel, or a part of one. */
export interface Area {
  readonly channel: Channel;
  /** Whether a record that was edited is in the part; `was` says whether it was before. */
  readonly has?: (record: AnyRecord, was: boolean) => boolean;
}

/** The ops that an area of the channel may show. */
export function opsOf(channel: Channel, ops: readonly Op[]): readonly Op[] {
  return ops.filter(
    (op) =>
      op.state !== "parked" &&
      op.held !== "elsewhere" &&
      writesOf(op).some((write) => write.channel === channel),
  );
}

/**
 * A table with its `opsOf` on top of it: an edit may move a record into a part, and out of it. The table itself
 * is returned if there are none.
 */
export function overlay(
  protocol: Protocol,
  table: Table,
  ops: readonly Op[],
  { channel, has }: Area,
): ShownTable {
  if (ops.length === 0) return table;
  const shown = new Map<number, Shown>(table);
  const edited = new Map<number, Shown>();
  for (const op of ops) {
    for (const result of resultsOf(op).filter(({ write }) => write.channel === channel)) {
      const { id, write } = result;
      const was = shown.get(id);
      const outside = has && write.before && !has(write.before, false) ? write.before : undefined;
      const there = edited.get(id) ?? was ?? (outside && { record: outside, rev: write.base });
      const entry = write.kind === "delete" ? undefined : edit(protocol, op, result, there);
      if (entry) edited.set(id, entry);
      if (entry && (has?.(entry.record, was !== undefined) ?? true)) shown.set(id, entry);
      else shown.delete(id);
    }
  }
  return shown;
}

/** What the edit makes of what is there; undefined if nothing is. */
function edit(
  protocol: Protocol,
  { op, state }: Op,
  { write, id, record, rev }: Result,
  there: Entry | undefined,
): Shown | undefined {
  if (state === "settled") return record ? { rev, record, op } : undefined;
  const data = withoutWriteOnly(protocol, write.channel, write.data);
  if (write.kind === "new") return { rev: null, record: { ...data, id } as AnyRecord, op };
  return there && { rev: there.rev, record: { ...there.record, ...data, id } as AnyRecord, op };
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
