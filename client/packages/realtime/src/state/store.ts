/**
 * What the server has told this client, and how each message changes it. Pure: no React, no
 * socket, no clock. `tests/vectors` describes it to other languages.
 */
import type { Change, ChangesEvent, Cursor, Embeds } from "../protocol/messages.js";
import type { SyncAnswer, Versioned } from "../protocol/messages.js";
import type { AnyRecord, Channel, RecordOf } from "../protocol/protocol.js";
import { rulesOf } from "./embeds.js";
import { kept, Patch } from "./patch.js";

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

/** What a state is reduced by: the channels that are whole, and the `embeds` of `connected`. */
export interface Schema {
  readonly channels: readonly Channel[];
  readonly embeds?: Embeds;
}

/**
 * The state after an event. Entries whose record did not change keep their identity, so that a view
 * can tell by `===` what it has to draw again.
 */
export function reduce(state: State, event: StoreEvent, schema: Schema): Reduced {
  switch (event.type) {
    case "array":
      return applied({
        cursor: null,
        tables: { ...state.tables, [event.channel]: filled(state, event.channel, event.records) },
      });
    case "sync":
      return reduceSync(state, event.answer, schema);
    case "changes":
      return reduceChanges(state, event.event, schema);
  }
}

function reduceSync(state: State, answer: SyncAnswer, schema: Schema): Reduced {
  const cursor = { epoch: answer.epoch, seq: answer.seq };
  if (answer.mode === "snapshot") {
    const tables: Record<string, Table> = {};
    for (const channel of schema.channels) {
      tables[channel] = versioned(state, channel, answer.snapshot[channel] ?? []);
    }
    return applied({ cursor, tables: tables as Tables });
  }
  // Without a cursor of the same epoch there is nothing that a delta could be added to.
  if (state.cursor?.epoch !== answer.epoch) return { state, verdict: "resync" };
  if (answer.seq < state.cursor.seq) return { state, verdict: "drop" };
  const changes = answer.mode === "delta" ? answer.changes : [];
  return applied({ cursor, tables: patched(state.tables, changes, schema) });
}

function reduceChanges(state: State, event: ChangesEvent, schema: Schema): Reduced {
  if (state.cursor === null || state.cursor.epoch !== event.epoch) {
    return { state, verdict: "resync" };
  }
  if (event.prev === state.cursor.seq) {
    if (event.seq === event.prev) return applied(state);
    const cursor = { epoch: event.epoch, seq: event.seq };
    return applied({ cursor, tables: patched(state.tables, event.changes, schema) });
  }
  return { state, verdict: event.seq <= state.cursor.seq ? "drop" : "resync" };
}

function applied(state: State): Reduced {
  return { state, verdict: "apply" };
}

function patched(tables: Tables, changes: readonly Change[], schema: Schema): Tables {
  // Others come for parts of channels that are not whole here.
  // Records of channels that are not whole here come for their copies, or for parts that somebody asked for.
  const rules = rulesOf(schema.embeds ?? {});
  const followed = new Set<string>([...schema.channels, ...rules.map(({ channel }) => channel)]);
  const own = changes.filter(({ channel }) => followed.has(channel));
  if (own.length === 0) return tables;
  const patch = new Patch(tables);
  for (const { channel, type, id, rev, record } of own) {
    if (type === "put" && record !== null) patch.put(channel, id, { rev, record });
    else patch.delete(channel, id);
  }
  for (const rule of rules) patch.follow(rule);
  return patch.tables;
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
