import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { reduce } from "./store";
import type { Entry, State, StoreEvent, Table, Verdict } from "./store";
import type { Change, Coach } from "./index";
import type { Embeds } from "./wire";

const folder = resolve(import.meta.dirname, "../../../tests/vectors");

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

const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

describe.each(files)("vectors in %s", (file) => {
  const cases = JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Case[];

  it.each(cases)("$name", ({ state, embeds, event, verdict, expected }) => {
    const before = toState(state);
    const result = reduce(before, event, embeds);
    expect(result.verdict).toBe(verdict);
    expect(toPlain(result.state)).toEqual(expected ?? state);
    expect(toPlain(before)).toEqual(state);
  });
});

describe("identity", () => {
  const coach = (id: number, name: string): Coach => ({
    id,
    name,
    age: 30,
    picture: "",
    username: "",
  });
  const state = toState({
    cursor: { epoch: "e", seq: 1 },
    channels: {
      coaches: [
        { rev: 1, record: coach(1, "Ada") },
        { rev: 1, record: coach(2, "Bo") },
      ],
      schedules: [],
    },
  });
  const put = (record: Coach): Change => ({
    channel: "coaches",
    type: "put",
    id: record.id,
    rev: 2,
    record,
  });

  it("keeps what an event does not touch", () => {
    const event = { epoch: "e", prev: 1, seq: 2, changes: [put(coach(1, "Ada L."))] };
    const after = reduce(state, { type: "changes", event }).state;
    expect(after.tables.coaches?.get(1)).not.toBe(state.tables.coaches?.get(1));
    expect(after.tables.coaches?.get(2)).toBe(state.tables.coaches?.get(2));
    expect(after.tables.schedules).toBe(state.tables.schedules);
  });

  it("keeps the entries of a snapshot that says the same", () => {
    const coaches = [
      { rev: 1, record: coach(1, "Ada") },
      { rev: 2, record: coach(2, "Bo") },
    ];
    const answer = { mode: "snapshot", epoch: "e", seq: 3, snapshot: { coaches } } as const;
    const after = reduce(state, { type: "sync", answer }).state;
    expect(after.tables.coaches?.get(1)).toBe(state.tables.coaches?.get(1));
    expect(after.tables.coaches?.get(2)?.record).toBe(state.tables.coaches?.get(2)?.record);
    expect(after.tables.coaches?.get(2)?.rev).toBe(2);
  });

  it("keeps the records of an array that says the same", () => {
    const records = [coach(1, "Ada"), coach(2, "Bob")];
    const after = reduce(state, { type: "array", channel: "coaches", records }).state;
    expect(after.tables.coaches?.get(1)?.record).toBe(state.tables.coaches?.get(1)?.record);
    expect(after.tables.coaches?.get(2)?.record.name).toBe("Bob");
  });
});
