import { describe, expect, it } from "vitest";
import type { Schedule } from "../../protocol";
import type { Day } from "../../ui/base/time";
import { bySlot, clashesWith, clashing, fits, hourIn, parseSlot, rowsOf, slotKey } from "./week";

function slot(id: number, day: Day, hour: string, coach = 1, difficulty = "Easy"): Schedule {
  const workout_plan = { id: 7, name: "Circuit", difficulty };
  return { id, day, hour, coach: { id: coach, name: `Coach ${coach}` }, workout_plan };
}

describe("rows", () => {
  it("are a gym's usual day", () => {
    expect(rowsOf([])).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
  });

  it("reach as far as the classes do", () => {
    const rows = rowsOf([slot(1, "Monday", "0"), slot(2, "Monday", "2330")]);
    expect([rows[0], rows.at(-1)]).toEqual([0, 23]);
  });
});

describe("slots", () => {
  it("hold what begins within their hour, earliest first", () => {
    const slots = bySlot([
      slot(1, "Monday", "930"),
      slot(2, "Monday", "900"),
      slot(3, "Monday", "1000"),
      slot(4, "Tuesday", "900"),
    ]);
    expect(slots.get("Monday-9")?.map(({ id }) => id)).toEqual([2, 1]);
    expect(slots.get("Monday-10")?.map(({ id }) => id)).toEqual([3]);
    expect(slots.get("Tuesday-9")?.map(({ id }) => id)).toEqual([4]);
  });

  it("have keys that can be read back", () => {
    expect(parseSlot(slotKey({ day: "Friday", row: 18 }))).toEqual({ day: "Friday", row: 18 });
    expect(parseSlot("Someday-9")).toBeNull();
  });

  it("keep the minutes of a class that moves", () => {
    expect(hourIn(14, "930")).toBe("1430");
    expect(hourIn(0, "1800")).toBe("0");
    expect(hourIn(9, "1805")).toBe("905");
  });
});

describe("clashes", () => {
  const classes = [
    slot(1, "Monday", "900", 1),
    slot(2, "Monday", "900", 1),
    slot(3, "Monday", "900", 2),
    slot(4, "Tuesday", "900", 1),
    slot(5, "Monday", "930", 1),
  ];

  it("are classes of one coach at the same time", () => {
    expect([...clashing(classes)].toSorted()).toEqual([1, 2]);
  });

  it("are named for a class that would move", () => {
    const moved = slot(4, "Monday", "900", 1);
    expect(clashesWith(classes, moved).map(({ id }) => id)).toEqual([1, 2]);
    expect(clashesWith(classes, { ...moved, hour: "1000" })).toEqual([]);
    expect(clashesWith(classes, slot(4, "Tuesday", "900", 1))).toEqual([]);
  });
});

describe("filters", () => {
  const none = { coach: "", plan: "", difficulty: "", mine: null };

  it.each([
    [none, true],
    [{ ...none, coach: "1" }, true],
    [{ ...none, coach: "2" }, false],
    [{ ...none, plan: "8" }, false],
    [{ ...none, difficulty: "Hard" }, false],
    [{ ...none, coach: "1", difficulty: "Easy", mine: 1 }, true],
    [{ ...none, mine: 2 }, false],
  ])("%j lets the class through: %s", (filters, expected) => {
    expect(fits(slot(1, "Monday", "900"), filters)).toBe(expected);
  });
});
