/** The pages of a list that were asked for, and what changes in them. Pure. */
import type { Change, Page } from "../protocol/messages.js";
import type { AnyRecord } from "../protocol/protocol.js";
import type { Compare } from "../state/order.js";
import { kept } from "../state/patch.js";
import type { Table } from "../state/store.js";

export interface Pages {
  /** In the order in which they came. */
  readonly entries: Table;
  /** Where the server goes on; null if there is nothing more. */
  readonly next: string | null;
  /** What comes after this record is not here; null if everything is. */
  readonly last: AnyRecord | null;
  /** Whether the server's order is the one that is known here. */
  readonly isOrdered: boolean;
}

/**
 * One page more, or the first; `known` has the entries whose identity is kept. Records that changed meanwhile, by
 * their ids and the `seq` of the change, are in `before` as they are now.
 */
export function withPage(
  before: Pages | null,
  page: Page,
  compare: Compare,
  known: Table | undefined = before?.entries,
  changed: ReadonlyMap<number, number> = new Map(),
): Pages {
  const entries = new Map(before?.entries);
  page.records.forEach((record, at) => {
    if ((changed.get(record.id) ?? 0) > page.seq) return;
    const rev = page.revs?.[at] ?? null;
    entries.set(record.id, kept(known?.get(record.id), { rev, record }));
  });
  const run = before?.last ? [before.last, ...page.records] : page.records;
  const isSorted = run.every(
    (record, at) => at === 0 || compare(run[at - 1] ?? record, record) <= 0,
  );
  const isOrdered = isSorted && (before?.isOrdered ?? true);
  const last = page.next === null ? null : (run.at(-1) ?? null);
  return { entries, next: page.next, last, isOrdered };
}

/** What became of all that match. `keepsAll`: a page is on its way that may say that it belongs to it. */
export function withChanges(
  before: Pages,
  changes: readonly Change[],
  compare: Compare,
  keepsAll: boolean,
): Pages {
  const entries = new Map(before.entries);
  for (const { id, rev, record } of changes) {
    if (record && (keepsAll || isWithin(before, record, compare)))
      entries.set(id, kept(entries.get(id), { rev, record }));
    else entries.delete(id);
  }
  return { ...before, entries };
}

/** Whether a record belongs to the pages that are here. */
export function isWithin({ last, isOrdered }: Pages, record: AnyRecord, compare: Compare): boolean {
  return last === null || !isOrdered || compare(record, last) <= 0;
}
