import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Change } from "../protocol/messages.js";
import type { Embeds } from "../protocol/messages.js";
import { channelsOf } from "../protocol/protocol.js";
import type { Channel } from "../protocol/protocol.js";
import { protocol } from "../testing/test-protocol.js";
import type { Person } from "../testing/test-protocol.js";
import { reduce } from "./store.js";
import type { Entry, State, StoreEvent, Table, Verdict } from "./store.js";

/** Those of the server that the vectors are of. */
const vectorChannels = [
  "coaches",
  "workout_plans",
  "exercise_moves",
  "schedules",
] as unknown as Channel[];
const folder = resolve(import.meta.dirname, "../../../../../tests/vectors");

interface Plain {
  cursor: State["cursor"];
  channels: Record<string, Entry[]>;
}

interface Case {
  name: string;
  state: Plain;
  embeds?: Embeds;
  event: StoreEvent;
  verdict: Verdict;
  expected?: Plain;
}

function toState({ cursor, channels }: Plain): State {
  const tables = Object.entries(channels).map(([channel, entries]) => [
    channel,
    new Map(entries.map((entry) => [entry.record.id, entry])),
  ]);
  return { cursor, tables: Object.fromEntries(tables) };
}

function toPlain({ cursor, tables }: State): Plain {
  const channels = Object.entries(tables).map(([channel, table]) => [
    channel,
    Array.from((table as Table).values()).toSorted((a, b) => a.record.id - b.record.id),
  ]);
  return { cursor, channels: Object.fromEntries(channels) };
}

const files = ["arrays.json", "changes.json", "copies.json", "sync.json"];

describe.each(files)("vectors in %s", (file) => {
  const cases = JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Case[];

  it.each(cases)("$name", ({ state, embeds, event, verdict, expected }) => {
    const before = toState(state);
    const result = reduce(before, event, { channels: vectorChannels, ...(embeds && { embeds }) });
    expect(result.verdict).toBe(verdict);
    expect(toPlain(result.state)).toEqual(expected ?? state);
    expect(toPlain(before)).toEqual(state);
  });
});

describe("identity", () => {
  const schema = { channels: channelsOf(protocol) };
  const person = (id: number, name: string): Person => ({
    id,
    name,
    age: 30,
    picture: "",
    username: "",
  });
  const state = toState({
    cursor: { epoch: "e", seq: 1 },
    channels: {
      people: [
        { rev: 1, record: person(1, "Ada") },
        { rev: 1, record: person(2, "Bo") },
      ],
      visits: [],
    },
  });
  const put = (record: Person): Change => ({
    channel: "people",
    type: "put",
    id: record.id,
    rev: 2,
    record,
  });

  it("keeps what an event does not touch", () => {
    const event = { epoch: "e", prev: 1, seq: 2, changes: [put(person(1, "Ada L."))] };
    const after = reduce(state, { type: "changes", event }, schema).state;
    expect(after.tables.people?.get(1)).not.toBe(state.tables.people?.get(1));
    expect(after.tables.people?.get(2)).toBe(state.tables.people?.get(2));
    expect(after.tables.visits).toBe(state.tables.visits);
  });

  it("keeps the entries of a snapshot that says the same", () => {
    const people = [
      { rev: 1, record: person(1, "Ada") },
      { rev: 2, record: person(2, "Bo") },
    ];
    const answer = { mode: "snapshot", epoch: "e", seq: 3, snapshot: { people } } as const;
    const after = reduce(state, { type: "sync", answer }, schema).state;
    expect(after.tables.people?.get(1)).toBe(state.tables.people?.get(1));
    expect(after.tables.people?.get(2)?.record).toBe(state.tables.people?.get(2)?.record);
    expect(after.tables.people?.get(2)?.rev).toBe(2);
  });

  it("keeps the records of an array that says the same", () => {
    const records = [person(1, "Ada"), person(2, "Bob")];
    const after = reduce(state, { type: "array", channel: "people", records }, schema).state;
    expect(after.tables.people?.get(1)?.record).toBe(state.tables.people?.get(1)?.record);
    expect(after.tables.people?.get(2)?.record.name).toBe("Bob");
  });
});
