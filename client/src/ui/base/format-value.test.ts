import { describe, expect, it } from "vitest";
import { formatChange, formatValue } from "./format-value";

const squat = { id: 1, name: "Squat", sets: 5, reps: "5", rest: 180, notes: "" };
const lunge = { id: 2, name: "Lunge", sets: 3, reps: "8", rest: null, notes: "" };

describe("the value of a field", () => {
  it("names the moves of a plan with what is to be done of them", () => {
    expect(formatValue("exercise_moves", [squat, lunge])).toBe(
      "Squat (5 × 5, rest 3 min), Lunge (3 × 8)",
    );
  });

  it("is the name of a record that has no prescription", () => {
    expect(formatValue("coach", { id: 1, name: "Ada" })).toBe("Ada");
  });

  it("has its unit", () => {
    expect(formatValue("minutes", 75)).toBe("75 min");
  });
});

describe("a change of a field", () => {
  it("is of the places where the prescription differs, if the moves are the same", () => {
    const lighter = { ...squat, sets: 3 };
    expect(formatChange("exercise_moves", [squat, lunge, squat], [squat, lunge, lighter])).toEqual([
      "3. Squat (5 × 5, rest 3 min)",
      "3. Squat (3 × 5, rest 3 min)",
    ]);
  });

  it("is of all moves, if they are others or in another order", () => {
    expect(formatChange("exercise_moves", [squat, lunge], [lunge, squat])).toEqual([
      "Squat (5 × 5, rest 3 min), Lunge (3 × 8)",
      "Lunge (3 × 8), Squat (5 × 5, rest 3 min)",
    ]);
  });

  it("is of the whole values of what is no list", () => {
    expect(formatChange("hour", "900", "1030")).toEqual(["09:00", "10:30"]);
    expect(formatChange("note", null, "x")).toEqual(["", "x"]);
  });
});
