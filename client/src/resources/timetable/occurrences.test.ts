import { describe, expect, it } from "vitest";
import { datesOf } from "../../ui/base/dates";
import { byDate } from "./exceptions";
import {
  dateFor,
  nearestDates,
  given,
  insteadOf,
  occurrencesOn,
  seenOn,
  takesPlace,
} from "./occurrences";
import { exception, slot } from "./testing";

const WEEK = "2026-12-21";
const week = datesOf(WEEK);
const THURSDAY = "2026-12-24";
const bo = { id: 2, name: "Bo" };
const morning = slot(1, "Thursday", "900");
const evening = slot(2, "Thursday", "1800");
const friday = slot(3, "Friday", "900");
const classes = [morning, evening, friday];

function on(exceptions: Parameters<typeof byDate>[0], dates = week) {
  return occurrencesOn(dates, classes, byDate(exceptions)).map((each) => [
    each.usual.id,
    takesPlace(each) ? each.slot.coach.name : "-",
  ]);
}

describe("a week", () => {
  it("is as usual without exceptions, and its classes are the very same", () => {
    const found = occurrencesOn(week, classes, byDate([]));
    expect(found.map(({ date, usual }) => [date, usual.id])).toEqual([
      [THURSDAY, 1],
      [THURSDAY, 2],
      ["2026-12-25", 3],
    ]);
    expect(found.every(({ slot: here, usual }) => here === usual)).toBe(true);
  });

  it("lacks a class that is cancelled on that date alone", () => {
    const off = [exception(morning, THURSDAY, { cancelled: true })];
    expect(on(off)).toEqual([
      [1, "-"],
      [2, "Ada"],
      [3, "Ada"],
    ]);
    expect(on(off, datesOf("2026-12-28"))[0]).toEqual([1, "Ada"]);
    expect(given(week, classes, byDate(off)).map(({ id }) => id)).toEqual([2, 3]);
  });

  it("has a substitute on that date, and knows for whom", () => {
    const [first] = occurrencesOn(
      week,
      classes,
      byDate([exception(morning, THURSDAY, { coach: bo })]),
    );
    expect(first).toMatchObject({ slot: { id: 1, coach: bo }, usual: { coach: { name: "Ada" } } });
    expect(first && insteadOf(first)).toEqual({ id: 1, name: "Ada" });
  });

  it("has a class with a note by who always gives it", () => {
    const [first] = occurrencesOn(
      week,
      classes,
      byDate([exception(morning, THURSDAY, { note: "Outside" })]),
    );
    expect(first && [insteadOf(first), takesPlace(first), first.own?.note]).toEqual([
      null,
      true,
      "Outside",
    ]);
  });

  it("has no class on a day that is closed, whatever else is said of it", () => {
    const closed = [exception(morning, THURSDAY, { coach: bo }), exception(null, THURSDAY)];
    expect(on(closed)).toEqual([
      [1, "-"],
      [2, "-"],
      [3, "Ada"],
    ]);
  });

  it("is not changed by what is left from a class that is on another day now", () => {
    expect(on([exception(morning, "2026-12-25", { cancelled: true })])).toEqual([
      [1, "Ada"],
      [2, "Ada"],
      [3, "Ada"],
    ]);
  });
});

describe("what is seen of last Sunday", () => {
  const late = slot(4, "Sunday", "2330", { minutes: 90 });
  const before = "2026-12-20";

  it("is the class that goes on after midnight, as it is on its own date", () => {
    const seen = seenOn(week, [late, evening], byDate([exception(late, before, { coach: bo })]));
    expect(seen.map(({ date, slot: { id, coach } }) => [date, id, coach.name])).toEqual([
      [before, 4, "Bo"],
      [THURSDAY, 2, "Ada"],
      ["2026-12-27", 4, "Ada"],
    ]);
  });

  it("is nothing for no dates", () => expect(seenOn([], [late], byDate([]))).toEqual([]));
});

describe("the date that a class is opened for", () => {
  const now = { date: THURSDAY, minute: 10 * 60 };

  it.each([
    ["later this week", friday, WEEK, "2026-12-25"],
    ["later today", evening, WEEK, THURSDAY],
    ["next week, if it is over", morning, WEEK, "2026-12-31"],
    ["in the week that is shown", friday, "2027-01-04", "2027-01-08"],
    ["in the past, if that is shown", friday, "2026-12-14", "2026-12-18"],
  ])("is %s", (_, each, shown, date) => expect(dateFor(each, shown, now)).toBe(date));

  it("is today as long as the class runs", () => {
    expect(dateFor(morning, WEEK, { ...now, minute: 10 * 60 - 1 })).toBe(THURSDAY);
  });
});

it("leads from a date on which a class is not to its dates before and after", () => {
  expect(nearestDates(friday, THURSDAY)).toEqual(["2026-12-18", "2026-12-25"]);
  expect(nearestDates(morning, "2026-12-25")).toEqual([THURSDAY, "2026-12-31"]);
  // Nothing is before the calendar, and nothing after it.
  expect(nearestDates(friday, "0001-01-02")).toEqual(["0001-01-05"]);
  expect(nearestDates(morning, "9999-12-31")).toEqual(["9999-12-30"]);
});
