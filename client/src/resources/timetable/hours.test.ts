import { describe, expect, it } from "vitest";
import { hoursUsed, partsOf, rowsOf, usualHours } from "./hours";
import type { Part } from "./hours";

const none = new Set<number>();
const shown = (used: ReadonlySet<number>, opened: ReadonlySet<number> = none) =>
  partsOf(used, opened).map((part: Part) =>
    part.type === "hour" ? part.row : `${part.from}-${part.to}`,
  );

describe("the hours that are used", () => {
  it("are all in which a class is, also the one in which it ends", () => {
    expect([...hoursUsed([{ from: 570, to: 660 }])]).toEqual([9, 10]);
    expect([...hoursUsed([{ from: 570, to: 661 }])]).toEqual([9, 10, 11]);
    expect([...hoursUsed([{ from: 1410, to: 1440 }])]).toEqual([23]);
  });
  it("are those of a gym's day where there is no class yet", () => {
    const hours = [...usualHours()];
    expect([hours[0], hours.at(-1)]).toEqual([6, 21]);
  });
});

describe("hours without classes", () => {
  it("are folded up between those with classes, before and after them", () => {
    expect(shown(new Set([9, 10, 17]))).toEqual(["0-9", 9, 10, "11-17", 17, "18-24"]);
  });
  it("are none in a full day, and all of an empty one", () => {
    const full = new Set(Array.from({ length: 24 }, (_, at) => at));
    expect(shown(full)).toEqual([...full]);
    expect(shown(none)).toEqual(["0-24"]);
  });
  it("follow their band where it is opened", () => {
    const parts = partsOf(new Set([9, 12]), new Set([10, 11]));
    expect(shown(new Set([9, 12]), new Set([10, 11]))).toEqual([
      "0-9",
      9,
      "10-12",
      10,
      11,
      12,
      "13-24",
    ]);
    expect(rowsOf(parts)).toEqual([9, 10, 11, 12]);
  });
});
