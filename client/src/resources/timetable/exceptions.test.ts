import { describe, expect, it } from "vitest";
import { byDate, orphansOf, sayDifferent } from "./exceptions";
import { exception, slot } from "./testing";

const thursday = slot(1, "Thursday", "900");
const friday = slot(2, "Friday", "900");

describe("by date", () => {
  it("a class and the gym are told apart", () => {
    const off = exception(thursday, "2026-12-24", { cancelled: true });
    const closed = exception(null, "2026-12-25");
    const found = byDate([off, closed]);
    expect(found.of(1, "2026-12-24")).toBe(off);
    expect(found.of(2, "2026-12-24")).toBeNull();
    expect(found.of(1, "2026-12-31")).toBeNull();
    expect(found.closed("2026-12-24")).toBeNull();
    expect(found.closed("2026-12-25")).toBe(closed);
  });
});

describe("orphans", () => {
  it("are of classes that are on another day now, or gone, earliest first", () => {
    const gone = exception(slot(9, "Monday", "900"), "2026-12-28", { note: "x" });
    const moved = exception(thursday, "2026-12-25", { cancelled: true });
    const kept = [
      exception(thursday, "2026-12-24", { cancelled: true }),
      exception(friday, "2026-12-25", { cancelled: true }),
      exception(null, "2026-12-26"),
    ];
    expect(orphansOf([gone, ...kept, moved], [thursday, friday])).toEqual([
      { exception: moved, now: thursday },
      { exception: gone, now: null },
    ]);
  });

  it("are none any more when the class is back on that day", () => {
    const left = exception(thursday, "2026-12-24", { cancelled: true });
    expect(orphansOf([left], [{ ...thursday, day: "Friday" }])).toHaveLength(1);
    expect(orphansOf([left], [thursday])).toEqual([]);
  });

  it("are not of a class whose hour alone changed", () => {
    const left = exception(thursday, "2026-12-24", { cancelled: true });
    expect(orphansOf([left], [{ ...thursday, hour: "1800" }])).toEqual([]);
  });
});

describe("in words", () => {
  const on = "2026-12-24";
  it.each([
    [exception(null, on), "closed"],
    [exception(null, on, { note: "Holiday" }), "closed: Holiday"],
    [exception(thursday, on, { cancelled: true, note: "Ill" }), "cancelled: Ill"],
    [exception(thursday, on, { coach: { id: 2, name: "Bo" } }), "given by Bo"],
    [exception(thursday, on, { note: "Outside" }), "Outside"],
    [exception(thursday, on, { note: "Bring a towel." }), "Bring a towel"],
  ])("%# is said", (each, words) => expect(sayDifferent(each)).toBe(words));
});
