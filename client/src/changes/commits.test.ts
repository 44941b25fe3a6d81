import type { HistoryEntry } from "@spotter/realtime";
import { expect, it } from "vitest";
import { isOfTheServer } from "../ui/base/people";
import { actorsOf, commitsOf, fits, isBefore, sentenceOf } from "./commits";

const entry = (over: Partial<HistoryEntry>): HistoryEntry => ({
  seq: 1,
  at: 0,
  actor: "Ann",
  event: "update_coach",
  channel: "coaches",
  id: 1,
  label: "Ben Lee",
  type: "put",
  changes: { age: [30, 31] },
  ...over,
});
const made = { type: "put", changes: { name: [null, "x"], age: [null, 3] } } as const;
const gone = { type: "del", changes: { name: ["x", null] } } as const;
const sentence = (...entries: Partial<HistoryEntry>[]) => {
  const [commit] = commitsOf(entries.map(entry));
  if (commit === undefined) return undefined;
  const { before, name, after } = sentenceOf(commit, "Ann");
  return `${before}${name}${after}`;
};

it("what was done at once is one commit", () => {
  const commits = commitsOf([
    entry({ seq: 3 }),
    entry({ seq: 2, id: 1 }),
    entry({ seq: 2, id: 2 }),
    entry({ seq: 1 }),
  ]);
  expect(commits.map(({ seq, entries }) => [seq, entries.length])).toEqual([
    [3, 1],
    [2, 2],
    [1, 1],
  ]);
});

it("says what was done", () => {
  expect(sentence({})).toBe("changed the coach Ben Lee");
  expect(sentence(made)).toBe("added the coach Ben Lee");
  const label = "Push, Day, Monday 18:00, Maya Lindqvist";
  expect(sentence({ ...gone, channel: "schedules", label })).toBe(
    "deleted the class Push, Day, Monday 18:00, Maya Lindqvist",
  );
  expect(sentence({ event: "undo" })).toBe("changed the coach Ben Lee, undoing an earlier change");
});

it("names one record where it can be a link, and one without a name by its number", () => {
  const [commit] = commitsOf([entry({ event: "undo" })]);
  expect(commit && sentenceOf(commit, "Ann")).toEqual({
    before: "changed the coach ",
    name: "Ben Lee",
    after: ", undoing an earlier change",
  });
  expect(sentence({ label: "", id: 7 })).toBe("changed the coach 7");
});

it("counts what was done at once, which is listed by name", () => {
  const slot = { channel: "schedules", label: "Monday 18:00" } as const;
  expect(
    sentence({ ...slot, ...made, id: 1 }, { ...slot, ...made, id: 2 }, { ...gone, id: 7 }),
  ).toBe("added 2 classes and deleted 1 coach");
});

it("what the server did by itself is said as that", () => {
  const [seed] = commitsOf([entry({ event: "seed", actor: null })]);
  expect(seed && isOfTheServer(seed)).toBe(true);
  expect(seed && sentenceOf(seed, "").before).toBe("The gym was filled with examples");
  const [edit] = commitsOf([entry({})]);
  expect(edit && isOfTheServer(edit)).toBe(false);
});

it("fits by who and by the reader's day", () => {
  const noon = new Date(2026, 10, 29, 12).getTime();
  const [commit] = commitsOf([entry({ at: noon })]);
  if (commit === undefined) throw new Error("no commit");
  expect(fits(commit, { who: "", day: "" })).toBe(true);
  expect(fits(commit, { who: "Ann", day: "2026-11-29" })).toBe(true);
  expect(fits(commit, { who: "Ben", day: "" })).toBe(false);
  expect(fits(commit, { who: "", day: "2026-11-28" })).toBe(false);
  expect(isBefore(commit, { who: "", day: "2026-11-30" })).toBe(true);
  expect(isBefore(commit, { who: "", day: "2026-11-29" })).toBe(false);
  expect(isBefore(commit, { who: "", day: "" })).toBe(false);
});

it("names each who did something once", () => {
  const commits = commitsOf([
    entry({ seq: 4, actor: "Zoe" }),
    entry({ seq: 3, actor: null }),
    entry({ seq: 2, actor: "Ann" }),
    entry({ seq: 1, actor: "Zoe" }),
  ]);
  expect(actorsOf(commits)).toEqual(["Ann", "Zoe"]);
});
