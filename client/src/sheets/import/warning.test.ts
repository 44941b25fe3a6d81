import { describe, expect, it } from "vitest";
import { judged } from "./checker";
import { gym, reviewed, sheet } from "./testing";
import { warningOf } from "./warning";

const rows = (...lines: string[]) =>
  reviewed([sheet(["day,time,coach,plan,room", ...lines].join("\n") + "\n")]).all;

describe("what the server says is at the same time", () => {
  const drafts = rows("Sun,4:10,Maya,Push,Hall", "Sun,4:50,Maya,Push,Hall");

  it("is a row, where it is not there yet", () => {
    const line = "Maya teaches Push on Sunday from 04:50 to 05:50.";
    expect(warningOf(line, drafts, gym)).toEqual({
      text: "Overlaps row 3: Maya would teach Push from 04:50 to 05:50.",
      row: drafts[1],
    });
    expect(warningOf("Hall has Push on Sunday from 04:10 to 05:10.", drafts, gym).text).toBe(
      "Overlaps row 2: Hall would have Push from 04:10 to 05:10.",
    );
  });

  it.each([
    "Maya teaches Push on Monday from 09:00 to 10:00.",
    "Maya teaches Push on Sunday from 05:50 to 06:50.",
    "Ben teaches Push on Sunday from 04:50 to 05:50.",
    "Maya teaches more classes at that time.",
  ])("stays as it is: %s", (line) => {
    expect(warningOf(line, drafts, gym)).toEqual({ text: line, row: null });
  });

  it("is said no more once that row is another class, or is left out", () => {
    const [first, second] = drafts;
    if (!first || !second) throw new Error("No rows.");
    const line = "Maya teaches Push on Sunday from 04:50 to 05:50.";
    const of = JSON.stringify([null, null, first.write?.data]);
    const warnings = [warningOf(line, drafts, gym)];
    const verdicts = new Map([[first.key, { refusal: null, warnings, of }]]);
    const seen = (other: typeof second) =>
      judged(first, { verdicts, trouble: null }, new Map([[other.key, other]])).warnings;
    expect(seen(second)).toHaveLength(1);
    expect(seen({ ...second, status: "out" })).toBeUndefined();
    const [, later] = rows("Sun,4:10,Maya,Push,Hall", "Sun,5:50,Maya,Push,Hall");
    expect(later && seen(later)).toBeUndefined();
  });
});
