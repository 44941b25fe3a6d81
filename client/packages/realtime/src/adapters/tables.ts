/** Tables of records as the server told them, without one's own unconfirmed edits, and what changes in them. */
import type { Watchable } from "../base/derived.js";
import { equal } from "../base/equal.js";
import type { Channel } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";
import type { Entry, Table } from "../state/store.js";

/** A channel that is here whole; undefined until it is, and when it is shown to nobody any more. */
export function wholeTable(
  { connection }: Realtime,
  channel: Channel,
): Watchable<Table | undefined> {
  const { get, subscribe } = connection.state;
  return { get: () => get().tables[channel] as Table | undefined, subscribe };
}

export function isWhole({ connection }: Realtime, channel: Channel): boolean {
  return connection.channels.includes(channel);
}

export interface Difference {
  readonly type: "insert" | "update" | "delete";
  readonly id: number;
  /** As it is now; of a deleted one as it was. */
  readonly entry: Entry;
}

/** What made one table of another. */
export function differences(before: Table = new Map(), after: Table = new Map()): Difference[] {
  const found: Difference[] = [];
  for (const [id, entry] of before) {
    if (!after.has(id)) found.push({ type: "delete", id, entry });
  }
  for (const [id, entry] of after) {
    const old = before.get(id);
    if (old && equal(old.record, entry.record)) continue;
    found.push({ type: old ? "update" : "insert", id, entry });
  }
  return found;
}

/** Calls back with what changes in a table, until the returned function is called. */
export function watchTable(
  table: Watchable<Table | undefined>,
  changed: (differences: readonly Difference[]) => void,
): () => void {
  let before = table.get();
  return table.subscribe(() => {
    const after = table.get();
    if (after === before) return;
    const found = differences(before, after);
    before = after;
    if (found.length > 0) changed(found);
  });
}
