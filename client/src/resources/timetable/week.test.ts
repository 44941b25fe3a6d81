import { describe, expect, it } from "vitest";
import { datesOf } from "../../ui/base/dates";
import { layOut } from "./day-layout";
import { byDate } from "./exceptions";
import { seenOn } from "./occurrences";
import { slot } from "./testing";
import { beside, bySlot, fits, hourIn, parseSlot, slotKey } from "./week";

const week = datesOf("2026-12-21");

describe("slots", () => {
  it("hold what begins within their hour, earliest first", () => {
    const classes = [
      slot(1, "Monday", "930"),
      slot(2, "Monday", "900"),
      slot(3, "Monday", "1000"),
      slot(4, "Tuesday", "900"),
    ];
    const slots = bySlot(layOut(week, seenOn(week, classes, byDate([]))).byDay);
    expect(slots.get("Monday-9")?.map((piece) => piece.occurrence.slot.id)).toEqual([2, 1]);
    expect(slots.get("Monday-10")?.map((piece) => piece.occurrence.slot.id)).toEqual([3]);
    expect(slots.get("Tuesday-9")?.map((piece) => piece.occurrence.slot.id)).toEqual([4]);
  });

  it("have keys that can be read back", () => {
    expect(parseSlot(slotKey({ day: "Friday", row: 18 }))).toEqual({ day: "Friday", row: 18 });
    expect(parseSlot("Someday-9")).toBeNull();
  });

  it("lie beside one another as the arrow keys go, within the week", () => {
    const from = { day: "Tuesday", row: 0 } as const;
    expect(beside(from, "ArrowRight")).toEqual({ day: "Wednesday", row: 0 });
    expect(beside(from, "ArrowLeft")).toEqual({ day: "Monday", row: 0 });
    expect(beside(from, "ArrowDown")).toEqual({ day: "Tuesday", row: 1 });
    expect(beside(from, "ArrowUp")).toBeNull();
    expect(beside({ day: "Sunday", row: 23 }, "ArrowRight")).toBeNull();
    expect(beside({ day: "Sunday", row: 23 }, "ArrowDown")).toBeNull();
    expect(beside(from, "Tab")).toBeNull();
  });

  it("keep the minutes of a class that moves", () => {
    expect(hourIn(14, "930")).toBe("1430");
    expect(hourIn(0, "1800")).toBe("0");
    expect(hourIn(9, "1805")).toBe("905");
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
