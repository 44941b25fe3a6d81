import { describe, expect, it } from "vitest";
import { pause, plannedMove, prescribed, work } from "./prescription";

describe("a prescription in words", () => {
  it.each([
    [{ sets: 3, reps: "8-10" }, "3 × 8-10"],
    [{ sets: 3, reps: "" }, "3 sets"],
    [{ sets: 1, reps: "" }, "1 set"],
    [{ sets: null, reps: "AMRAP" }, "AMRAP"],
    [{ sets: null, reps: "" }, ""],
    [{}, ""],
  ])("says the work of %j", (planned, words) => expect(work(planned)).toBe(words));

  it.each([
    [null, ""],
    [undefined, ""],
    [0, "none"],
    [60, "60 s"],
    [90, "90 s"],
    [120, "2 min"],
    [150, "2:30 min"],
    [3600, "60 min"],
  ])("says a rest of %j", (rest, words) => expect(pause(rest)).toBe(words));

  it("has what there is, in one line", () => {
    const all = { sets: 5, reps: "5", rest: 180, notes: "Slowly." };
    expect(prescribed(all)).toBe("5 × 5, rest 3 min, Slowly.");
    expect(prescribed({ sets: 5, reps: "", rest: 0, notes: "" })).toBe("5 sets, no rest");
    expect(plannedMove({ name: "Squat", ...all })).toBe("Squat (5 × 5, rest 3 min, Slowly.)");
    expect(plannedMove({ name: "Squat", sets: null, reps: "", rest: null, notes: "" })).toBe(
      "Squat",
    );
  });
});
