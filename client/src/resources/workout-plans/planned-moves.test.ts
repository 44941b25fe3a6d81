import { describe, expect, it } from "vitest";
import { firstWrong, keysOf, planned, textIn, tidied, withTyped, wrongIn } from "./planned-moves";
import type { Cell } from "./planned-moves";

const squat = { id: 1, name: "Squat", focus: "Legs", description: "Down and up.", video_link: "" };
const row = planned(squat);

/** What goes to the server for what is typed; a message for what does not. */
function sent(cell: Cell, typed: string): unknown {
  const after = withTyped(row, cell, typed);
  return wrongIn(after, cell) ?? tidied(after)[cell];
}

describe("a cell", () => {
  it.each([
    ["sets", "3", 3],
    ["sets", " 3 ", 3],
    ["sets", "", null],
    ["sets", "0", "Must be a whole number from 1 to 100."],
    ["sets", "101", "Must be a whole number from 1 to 100."],
    ["sets", "2.5", "Must be a whole number."],
    ["sets", "three", "Must be a whole number."],
    ["reps", " 8-12 ", "8-12"],
    ["reps", "", ""],
    ["reps", "x".repeat(21), "Must have 1 to 20 characters."],
    ["rest", "90", 90],
    ["rest", "0", 0],
    ["rest", "90 s", 90],
    ["rest", "1:30", 90],
    ["rest", "2 min", 120],
    ["rest", "2m", 120],
    ["rest", "1 min 30 s", 90],
    ["rest", "", null],
    ["rest", "3601", "Must be a whole number from 0 to 3600."],
    ["rest", "s", "Must be a number of seconds, such as 90."],
    ["rest", "a while", "Must be a number of seconds, such as 90."],
    ["rest", "-5", "Must be a number of seconds, such as 90."],
    ["notes", "Slowly.", "Slowly."],
    ["notes", "x".repeat(201), "Must have 1 to 200 characters."],
  ] as const)("of %s in which %j is typed is %j", (cell, typed, expected) => {
    expect(sent(cell, typed)).toBe(expected);
  });

  it("keeps what cannot be a value yet, as it was typed", () => {
    expect(textIn(withTyped(row, "rest", "1:"), "rest")).toBe("1:");
  });

  it("holds a number as the record has it, so that typing it again is no change", () => {
    expect(withTyped({ ...row, sets: 3 }, "sets", "3")).toEqual({ ...row, sets: 3 });
  });
});

describe("the rows of a plan", () => {
  it("name the first cell that is wrong", () => {
    const rows = [row, withTyped(row, "sets", "many")];
    expect(firstWrong(rows)).toBe("2. Squat, Sets: Must be a whole number.");
    expect(firstWrong([row])).toBeNull();
  });

  it("that know no prescription say none: the server keeps what there is", () => {
    expect(tidied(squat)).toEqual(squat);
  });

  it("have keys that differ where a move stands twice", () => {
    expect(keysOf([{ id: 1 }, { id: 2 }, { id: 1 }])).toEqual(["1/1", "2/1", "1/2"]);
  });
});
