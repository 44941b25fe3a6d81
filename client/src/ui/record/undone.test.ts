import type { HistoryEntry } from "@spotter/realtime";
import { expect, it } from "vitest";
import { undosOf } from "./undone";

type Changes = HistoryEntry["changes"];

const entry = (seq: number, changes: Changes, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  seq,
  at: seq,
  actor: `No. ${seq}`,
  event: "update_coach",
  channel: "coaches",
  id: 1,
  type: "put",
  changes,
  ...more,
});
const undo = (seq: number, changes: Changes, more: Partial<HistoryEntry> = {}) =>
  entry(seq, changes, { event: "undo", ...more });
/** Which commit was undone by which, of entries newest first. */
const found = (...entries: HistoryEntry[]) =>
  Array.from(undosOf(entries), ([seq, by]) => [seq, by.seq]);

const up: Changes = { age: [30, 31] };
const down: Changes = { age: [31, 30] };

it("an undo is of what it is the inverse of", () => {
  expect(found(undo(3, down), entry(2, { name: ["A", "B"] }), entry(1, up))).toEqual([[1, 3]]);
  expect(found(entry(3, down), entry(1, up))).toEqual([]);
  expect(found(undo(3, down, { id: 2 }), entry(1, up))).toEqual([]);
  expect(found(undo(3, down), entry(1, { ...up, name: ["A", "B"] }))).toEqual([]);
});

it("of several changes that are the same, each has an undo of its own, the newest first", () => {
  expect(found(undo(4, down), entry(3, up), entry(2, down), entry(1, up))).toEqual([[3, 4]]);
  expect(found(undo(4, down), entry(3, up), undo(2, down), entry(1, up))).toEqual([
    [3, 4],
    [1, 2],
  ]);
});

it("an undo that was undone takes nothing back", () => {
  expect(found(undo(3, up), undo(2, down), entry(1, up))).toEqual([[2, 3]]);
  expect(found(undo(4, down), undo(3, up), undo(2, down), entry(1, up))).toEqual([
    [3, 4],
    [1, 2],
  ]);
});

it("what was made or deleted, in any order, with the names of then", () => {
  const gone = { name: ["A", null], coach: [{ id: 7, name: "Old" }, null] } as const;
  const back = { coach: [null, { id: 7, name: "New" }], name: [null, "A"] } as const;
  const both = [
    undo(2, back),
    undo(2, back, { id: 2 }),
    entry(1, gone, { type: "del", id: 2 }),
    entry(1, gone, { type: "del" }),
  ];
  expect(found(...both)).toEqual([[1, 2]]);
  expect(found(undo(2, { ...back, coach: [null, { id: 8 }] }), entry(1, gone))).toEqual([]);
});
