import { describe, expect, it } from "vitest";
import { byDate } from "./exceptions";
import { present } from "./now";
import { exception, slot } from "./testing";

const first = slot(1, "Monday", "900");
const second = slot(2, "Monday", "1000");
const late = slot(3, "Sunday", "2330");
const classes = [first, second, late];
const MONDAY = "2026-12-21";
const SUNDAY = "2026-12-27";

function ids(date: string, minute: number, exceptions = byDate([])) {
  const { running, next } = present(classes, exceptions, { date, minute });
  return [running.map(({ slot: { id } }) => id), next.map(({ slot: { id } }) => id)];
}

it.each([
  ["before the first class", 8 * 60, [], [1]],
  ["when a class begins", 9 * 60, [1], [2]],
  ["within its hour", 9 * 60 + 59, [1], [2]],
  ["when its hour is over", 10 * 60, [2], [3]],
  ["past midnight on Monday", 10, [3], [1]],
])("%s", (_, minute, running, next) => {
  expect(ids(MONDAY, minute)).toEqual([running, next]);
});

it("goes on to next week", () => {
  expect(ids(SUNDAY, 23 * 60 + 45)).toEqual([[3], [1]]);
});

it("lasts as long as the class", () => {
  const long = slot(4, "Monday", "900", { minutes: 90 });
  const at = (minute: number) =>
    present([long], byDate([]), { date: MONDAY, minute }).running.length;
  expect([at(10 * 60 + 29), at(10 * 60 + 30)]).toEqual([1, 0]);
});

it("has nothing to say about an empty week", () => {
  const now = { date: MONDAY, minute: 0 };
  expect(present([], byDate([]), now)).toEqual({ running: [], next: [], closed: null });
});

describe("what is different on a date", () => {
  it("is not running, and not next, if it is cancelled", () => {
    const cancelled = byDate([exception(first, MONDAY, { cancelled: true })]);
    expect(ids(MONDAY, 8 * 60, cancelled)).toEqual([[], [2]]);
    expect(ids(MONDAY, 9 * 60, cancelled)).toEqual([[], [2]]);
    // A week later it is as usual.
    expect(ids("2026-12-28", 9 * 60, cancelled)).toEqual([[1], [2]]);
  });

  it("is given by the substitute", () => {
    const bo = { id: 2, name: "Bo" };
    const given = byDate([exception(first, MONDAY, { coach: bo })]);
    const { running } = present(classes, given, { date: MONDAY, minute: 9 * 60 });
    expect(running.map(({ slot: { coach } }) => coach)).toEqual([bo]);
  });

  it("is nothing at all on a day on which the gym is closed", () => {
    const closed = exception(null, MONDAY, { note: "Holiday" });
    const now = { date: MONDAY, minute: 9 * 60 };
    const found = present(classes, byDate([closed]), now);
    expect(found).toMatchObject({ running: [], closed });
    expect(found.next.map(({ slot: { id } }) => id)).toEqual([3]);
  });

  it("goes on past midnight from a day that was open, into one that is closed", () => {
    const open = byDate([exception(null, "2026-12-28")]);
    expect(ids("2026-12-28", 10, open)[0]).toEqual([3]);
    const closed = byDate([exception(null, SUNDAY)]);
    expect(ids("2026-12-28", 10, closed)[0]).toEqual([]);
  });

  it("may leave nothing for weeks: then the next is later", () => {
    const weeks = [MONDAY, "2026-12-28", "2027-01-04"];
    const gone = weeks.map((date) => exception(first, date, { cancelled: true }));
    const { next } = present([first], byDate(gone), { date: MONDAY, minute: 0 });
    expect(next.map(({ date }) => date)).toEqual(["2027-01-11"]);
  });

  it("has no next if nothing comes for a season", () => {
    const all = Array.from({ length: 20 }, (_, at) => {
      const day = new Date(Date.UTC(2026, 11, 21 + 7 * at)).toISOString().slice(0, 10);
      return exception(first, day, { cancelled: true });
    });
    expect(present([first], byDate(all), { date: MONDAY, minute: 0 }).next).toEqual([]);
  });
});
