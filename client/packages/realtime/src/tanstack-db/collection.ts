/** A channel as a collection of TanStack DB. */
import { differences, isWhole, wholeTable } from "../adapters/tables.js";
import type { Difference } from "../adapters/tables.js";
import type { AnyRecord, Channel, ChannelOf } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";
import type { Table } from "../state/store.js";
import { Subsets } from "./subsets.js";
import type { SubsetOptions } from "./subsets.js";
import { write } from "./writes.js";
import type { Transaction } from "./writes.js";

export interface CollectionSettings<C, K extends ChannelOf<C>> {
  readonly realtime: Realtime<C>;
  readonly channel: K;
  /** The name of the collection: the channel's if absent. */
  readonly id?: string;
}

/** What a collection offers who fills it, as far as this uses it. */
interface Sync<R> {
  begin: () => void;
  write: (message: { type: "insert" | "update" | "delete"; value: R }) => void;
  commit: () => true | Promise<void>;
  markReady: () => void;
}

/**
 * Options for `createCollection`. A channel that is here whole is loaded at once; of any other one the queries' own subsets
 * are (`syncMode: "on-demand"`), which go on being live. What is written is shown at once, sent under an op and on top of
 * the revision that was shown, survives a drop, and is taken back if the server refuses it. A new record may have any id
 * that is not taken, a negative one, say: the server gives it its own.
 */
export function realtimeCollectionOptions<C, K extends ChannelOf<C>>({
  realtime: of,
  channel: name,
  id = name,
}: CollectionSettings<C, K>) {
  type Row = C[K] & object;
  const realtime = of as unknown as Realtime;
  const channel = name as unknown as Channel;
  const whole = isWhole(realtime, channel);
  const save = (params: Transaction) => write(realtime, channel, params);

  return {
    id,
    getKey: (record: Row): number => (record as unknown as AnyRecord).id,
    syncMode: whole ? ("eager" as const) : ("on-demand" as const),
    // Texts in the order that the server has them.
    defaultStringCollation: { stringSort: "lexical" as const },
    sync: {
      rowUpdateMode: "full" as const,
      sync: (into: Sync<Row>) =>
        whole ? followTable(realtime, channel, into) : followSubsets(realtime, channel, into),
    },
    onInsert: save,
    onUpdate: save,
    onDelete: save,
  };
}

function followTable<R>(realtime: Realtime, channel: Channel, into: Sync<R>): () => void {
  const table = wholeTable(realtime, channel);
  let before: Table | undefined;
  const look = () => {
    const after = table.get();
    if (after === before) return;
    fill(into, differences(before, after));
    if (before === undefined) into.markReady();
    before = after;
  };
  const end = table.subscribe(look);
  look();
  return end;
}

function followSubsets<R>(realtime: Realtime, channel: Channel, into: Sync<R>) {
  let before: ReadonlyMap<number, AnyRecord> = new Map();
  let filled: true | Promise<void> = true;
  const subsets = new Subsets(realtime, channel, (after) => {
    const found = differences(entriesOf(before), entriesOf(after));
    before = after;
    if (found.length > 0) filled = fill(into, found);
  });
  into.markReady();
  return {
    cleanup: () => subsets.clear(),
    loadSubset: async (options: SubsetOptions): Promise<void> => {
      await subsets.add(options);
      await filled;
    },
    unloadSubset: (options: object) => subsets.remove(options),
  };
}

function entriesOf(records: ReadonlyMap<number, AnyRecord>): Table {
  return new Map(Array.from(records, ([id, record]) => [id, { rev: null, record }]));
}

function fill<R>(
  { begin, write: put, commit }: Sync<R>,
  found: readonly Difference[],
): true | Promise<void> {
  begin();
  for (const { type, entry } of found) put({ type, value: entry.record as R });
  return commit();
}
