/**
 * What the server has told this client, and how each message changes it. Pure: no React, no
 * socket, no clock. `tests/vectors` describes it to other languages.
 */
import { holders, isSameCopy, withCopy } from "./copies";
import { equal } from "./equal";
import { channels } from "./wire";
import type { AnyRecord, Change, ChangesEvent, Channel, Cursor, Embeds, RecordOf } from "./wire";
import type { SyncAnswer, Versioned } from "./wire";

export type Entry<R = AnyRecord> = Readonly<Versioned<R>>;
export type Table<R = AnyRecord> = ReadonlyMap<number, Entry<R>>;
export type Tables = { readonly [C in Channel]?: Table<RecordOf<C>> };

export interface State {
  /** Null before the first sync, and with a server that only sends arrays. */
  readonly cursor: Cursor | null;
  /** A channel is absent until the server has sent it. */
  readonly tables: Tables;
}

export type StoreEvent =
  | { type: "array"; channel: Channel; records: AnyRecord[] }
  | { type: "sync"; answer: SyncAnswer }
  | { type: "changes"; event: ChangesEvent };

/** `resync`: something was missed; ask `sync` again. `drop`: this was known already. */
export type Verdict = "apply" | "drop" | "resync";

export interface Reduced {
  state: State;
  verdict: Verdict;
}

export const empty: State = { cursor: null, tables: {} };

/**
 * The state after an event; `embeds` is what `connected` said. Entries whose record did not change keep their identity, so that a
 * view can tell by `===` what it has to draw again.
 */
export function reduce(state: State, event: StoreEvent, embeds: Embeds = {}): Reduced {
  switch (event.type) {
    case "array":
      return applied({
        cursor: null,
        tables: { ...state.tables, [event.channel]: filled(state, event.channel, event.records) },
      });
    case "sync":
      return reduceSync(state, event.answer, embeds);
    case "changes":
      return reduceChanges(state, event.event, embeds);
  }
}

function reduceSync(state: State, answer: SyncAnswer, embeds: Embeds): Reduced {
  const cursor = { epoch: answer.epoch, seq: answer.seq };
  if (answer.mode === "snapshot") {
    const tables: Record<string, Table> = {};
    for (const channel of channels) {
      tables[channel] = versioned(state, channel, answer.snapshot[channel] ?? []);
    }
    return applied({ cursor, tables: tables as Tables });
  }
  // Without a cursor of the same epoch there is nothing that a delta could be added to.
  if (state.cursor?.epoch !== answer.epoch) return { state, verdict: "resync" };
  if (answer.seq < state.cursor.seq) return { state, verdict: "drop" };
  const changes = answer.mode === "delta" ? answer.changes : [];
  return applied({ cursor, tables: patched(state.tables, changes, embeds) });
}

function reduceChanges(state: State, event: ChangesEvent, embeds: Embeds): Reduced {
  if (state.cursor === null || state.cursor.epoch !== event.epoch) {
    return { state, verdict: "resync" };
  }
  if (event.prev === state.cursor.seq) {
    if (event.seq === event.prev) return applied(state);
    const cursor = { epoch: event.epoch, seq: event.seq };
    return applied({ cursor, tables: patched(state.tables, event.changes, embeds) });
  }
  return { state, verdict: event.seq <= state.cursor.seq ? "drop" : "resync" };
}

function applied(state: State): Reduced {
  return { state, verdict: "apply" };
}

function patched(tables: Tables, changes: readonly Change[], embeds: Embeds): Tables {
  if (changes.length === 0) return tables;
  const patches = new Map<Channel, Map<number, Entry>>();
  const table = (channel: Channel) => {
    const patch = patches.get(channel) ?? new Map(tables[channel] as Table | undefined);
    patches.set(channel, patch);
    return patch;
  };
  const put = new Set<Channel>();
  /** Lets whoever has a copy of the record show it as it is now, and whoever has a copy of that. */
  const follow = (channel: Channel, before: AnyRecord | undefined, record: AnyRecord): void => {
    for (const holder of holders(embeds, channel)) {
      const { owner } = holder;
      // What came just before may hold a copy that is older than what was known.
      if (before && !put.has(owner) && isSameCopy(holder, before, record)) continue;
      for (const [id, entry] of patches.get(owner) ?? (tables[owner] as Table | undefined) ?? []) {
        const fresh = withCopy(holder, entry.record, record);
        if (fresh === entry.record) continue;
        table(owner).set(id, { rev: entry.rev, record: fresh });
        follow(owner, entry.record, fresh);
      }
    }
  };
  for (const { channel, type, id, rev, record } of changes) {
    if (type === "put" && record !== null) {
      const before = table(channel).get(id);
      table(channel).set(id, kept(before, { rev, record }));
      follow(channel, before?.record, record);
      put.add(channel);
    } else {
      table(channel).delete(id);
    }
  }
  return { ...tables, ...Object.fromEntries(patches) } as Tables;
}

function filled(state: State, channel: Channel, records: readonly AnyRecord[]): Table {
  return versioned(
    state,
    channel,
    records.map((record) => ({ rev: null, record })),
  );
}

function versioned(state: State, channel: Channel, entries: readonly Entry[]): Table {
  const before = state.tables[channel] as Table | undefined;
  return new Map(
    entries.map((entry) => [entry.record.id, kept(before?.get(entry.record.id), entry)]),
  );
}

function kept(before: Entry | undefined, after: Entry): Entry {
  if (before === undefined || !equal(before.record, after.record)) return after;
  return before.rev === after.rev ? before : { rev: after.rev, record: before.record };
}
