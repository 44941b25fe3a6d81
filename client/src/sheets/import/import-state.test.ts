import { describe, expect, it } from "vitest";
import { editOf, nothing, reduce, writtenIn } from "./import-state";
import type { Action } from "./import-state";
import { openAgain, openSheet, withColumns, withField } from "./open-sheet";
import { emptyGym, gym, reviewed, sheet } from "./testing";

const reader = { wish: "coaches" as const, gym, languages: [] };
const after = (...actions: Action[]) => actions.reduce(reduce, nothing);

describe("names that nothing has", () => {
  const week = sheet("day,time,coach,plan,level\nTue,9:00,Cy,Zumba,Hard\nTue,10:00,Di,Pilates,\n", {
    key: "c",
  });
  const missing = reviewed([week], { gym: emptyGym }).missing;
  const of = (channel: string) => missing.filter((each) => each.channel === channel);

  it("become rows that are completed like all others, and once", () => {
    const state = after(
      { type: "open", sheets: [week] },
      { type: "make", channel: "workout_plans", missing: of("workout_plans"), gym: emptyGym },
      { type: "make", channel: "coaches", missing: of("coaches").slice(0, 1), gym: emptyGym },
      { type: "make", channel: "coaches", missing: of("coaches").slice(1), gym: emptyGym },
    );
    expect(
      state.sheets.map(({ name, table }) => [name, table.lines.map(({ cells }) => cells[0])]),
    ).toEqual([
      ["a.csv", ["day", "Tue", "Tue"]],
      ["New plans", ["Zumba", "Pilates"]],
      ["New moves", ["Moves to be chosen"]],
      ["New coaches", ["Cy", "Di"]],
    ]);
    const { all } = reviewed(state.sheets, { gym: emptyGym });
    const plans = all.filter(({ channel }) => channel === "workout_plans");
    expect(plans.map(({ status, cells }) => [status, cells["difficulty"]])).toEqual([
      ["new", "Hard"],
      ["new", "All levels"],
    ]);
    const coaches = all.filter(({ channel }) => channel === "coaches");
    expect(coaches.map(({ errors }) => errors)).toEqual(
      Array.from({ length: 2 }, () => ({ age: "Please fill this in." })),
    );
  });
});

describe("a cell that is corrected", () => {
  it("counts before an id beside it", () => {
    expect(editOf("schedules", "coach_name", "Ada")).toEqual({ coach_name: "Ada", coach_id: "" });
    expect(editOf("coaches", "name", "Ada")).toEqual({ name: "Ada" });
  });
});

describe("a sheet that is read otherwise", () => {
  const bytes = new TextEncoder().encode("name;age\nZoë, the first;30\n");
  const opened = openSheet({ key: "s", name: "a.csv", content: bytes }, reader);

  it("has the cells that it then has", () => {
    expect(opened.table.lines[1]?.cells).toEqual(["Zoë, the first", "30"]);
    const commas = openAgain(opened, { delimiter: "," }, reader);
    expect(commas.table.lines[1]?.cells).toEqual(["Zoë", " the first;30"]);
    const other = openAgain(opened, { encoding: "windows-1252" }, reader);
    expect(other.table.lines[1]?.cells[0]).toBe("ZoÃ«, the first");
    expect(openAgain(other, { encoding: "utf-8" }, reader).table).toEqual(opened.table);
  });

  it("has each field once", () => {
    const swapped = withField(opened, 1, "name");
    expect(swapped.columns.fields).toEqual([null, "name"]);
    expect(withField(swapped, 1, null).columns.fields).toEqual([null, null]);
  });

  it("forgets what was corrected of columns that it has no more", () => {
    const edited = { ...opened, edits: new Map([[2, { name: "Ada" }]]), out: new Set([2]) };
    const moves = withColumns(edited, { channel: "exercise_moves" }, reader);
    expect(moves.columns.fields).toEqual(["name", null]);
    expect([moves.edits.size, moves.out.size]).toEqual([0, 0]);
    expect(withColumns(opened, { hasTitles: false }, reader).columns.hasTitles).toBe(false);
  });
});

describe("batches", () => {
  const batch = (seq: number, key: string) => ({
    seq,
    name: "a",
    ids: new Map([[key, seq]]),
    rows: [],
  });

  it("are what was written until they are taken back", () => {
    const state = after({ type: "written", batches: [batch(1, "s:2"), batch(2, "s:3")] });
    expect([...writtenIn(state.batches)]).toEqual([
      ["s:2", 1],
      ["s:3", 2],
    ]);
    expect([...writtenIn(reduce(state, { type: "undone", seq: 1 }).batches)]).toEqual([["s:3", 2]]);
  });
});
