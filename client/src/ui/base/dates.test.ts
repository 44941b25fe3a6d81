import { afterEach, describe, expect, it, vi } from "vitest";
import {
  addDays,
  addWeeks,
  dateIn,
  datesBetween,
  datesOf,
  dayOf,
  isDate,
  sayDate,
  sayFullDate,
  sayWeek,
  weekName,
  weekNamed,
  weekOf,
} from "./dates";

describe("a date", () => {
  it.each(["2026-12-24", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])("%s is", (text) =>
    expect(isDate(text)).toBe(true),
  );
  it.each([
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "0000-12-31",
    "10000-01-01",
    "2026-1-1",
    "2026-12-24T00:00:00Z",
    "2026-12-24+01:00",
    " 2026-12-24",
    "２０２６-12-24",
    "",
  ])("%j is not", (text) => expect(isDate(text)).toBe(false));
});

describe("days", () => {
  it.each([
    ["2026-12-24", "Thursday"],
    ["1970-01-01", "Thursday"],
    ["1969-12-31", "Wednesday"],
    ["2028-02-29", "Tuesday"],
    ["0001-01-01", "Monday"],
    ["9999-12-31", "Friday"],
  ])("%s is a %s", (date, day) => expect(dayOf(date)).toBe(day));

  it.each([
    ["2026-12-31", 1, "2027-01-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2027-02-28", 1, "2027-03-01"],
    ["2026-01-01", -1, "2025-12-31"],
    ["0099-12-31", 1, "0100-01-01"],
    ["2026-12-24", 0, "2026-12-24"],
  ])("%s and %s days is %s", (date, count, expected) =>
    expect(addDays(date, count)).toBe(expected),
  );
});

describe("a week", () => {
  it("begins on its Monday", () => {
    expect(weekOf("2026-12-21")).toBe("2026-12-21");
    expect(weekOf("2026-12-27")).toBe("2026-12-21");
    expect(weekOf("2027-01-01")).toBe("2026-12-28");
  });
  it("has seven days", () => {
    const week = datesOf("2026-12-28");
    expect(week).toHaveLength(7);
    expect([week[0], week[3], week[6]]).toEqual(["2026-12-28", "2026-12-31", "2027-01-03"]);
    expect(week.map(dayOf)[6]).toBe("Sunday");
    expect(dateIn("2026-12-28", "Friday")).toBe("2027-01-01");
  });
  it("goes on from the first to the last of the calendar", () => {
    expect(addWeeks("2026-12-21", 1)).toBe("2026-12-28");
    expect(addWeeks("2026-12-21", -60)).toBe("2025-10-27");
    expect(addWeeks("0001-01-01", -1)).toBeNull();
    expect(addWeeks("9999-12-20", 1)).toBeNull();
    expect(datesOf("9999-12-20").every(isDate)).toBe(true);
  });
});

describe("the ISO week", () => {
  it.each([
    ["2026-12-21", "2026-W52"],
    ["2026-12-28", "2026-W53"],
    ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"],
    ["2020-12-28", "2020-W53"],
    ["2021-01-04", "2021-W01"],
    ["0001-01-01", "0001-W01"],
    ["9999-12-20", "9999-W51"],
  ])("of %s is %s", (week, name) => {
    expect(weekName(week)).toBe(name);
    expect(weekNamed(name)).toBe(week);
  });
  it.each(["2025-W53", "2026-W00", "2026-W54", "0000-W01", "9999-W52", "2026-52", "2026-W1", "x"])(
    "%s does not exist",
    (name) => expect(weekNamed(name)).toBeNull(),
  );
  it("has names in the order of time for 400 years", () => {
    const weeks = Array.from({ length: 400 * 52 }, (_, at) => addDays("1900-01-01", 7 * at));
    const names = weeks.map(weekName);
    expect(names.toSorted()).toEqual(names);
    expect(names.map(weekNamed)).toEqual(weeks);
  });
});

describe("the dates between two", () => {
  it("have both of them, over the end of a month and the day of a leap year", () => {
    expect(datesBetween("2028-02-28", "2028-03-01")).toEqual([
      "2028-02-28",
      "2028-02-29",
      "2028-03-01",
    ]);
    expect(datesBetween("2026-12-24", "2026-12-24")).toEqual(["2026-12-24"]);
    expect(datesBetween("2027-01-01", "2027-12-31")).toHaveLength(365);
  });

  it("are none if the last is before the first", () =>
    expect(datesBetween("2026-12-24", "2026-12-23")).toEqual([]));
});

describe("in words", () => {
  it("a date has its day", () => {
    expect(sayDate("2026-12-24")).toBe("Thursday 24 December");
    expect(sayFullDate("2026-01-01")).toBe("Thursday, 1 January 2026");
  });
  it.each([
    ["2026-12-21", "21–27 December 2026"],
    ["2026-11-30", "30 November – 6 December 2026"],
    ["2026-12-28", "28 December 2026 – 3 January 2027"],
  ])("the week of %s is %s", (week, words) => expect(sayWeek(week)).toBe(words));
});

describe("the zone of the device and its clocks that change", () => {
  afterEach(() => vi.unstubAllEnvs());
  // Where clocks change at midnight, where a whole day was left out, and at both ends of the world.
  it.each(["America/Santiago", "Pacific/Apia", "Pacific/Pago_Pago", "Pacific/Kiritimati", "UTC"])(
    "make no difference: %s",
    (zone) => {
      vi.stubEnv("TZ", zone);
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      let date = "2011-12-26";
      const seen = [date];
      for (let at = 0; at < 400; at += 1) seen.push((date = addDays(date, 1)));
      expect(new Set(seen).size).toBe(401);
      expect(seen[400]).toBe("2013-01-29");
      expect(seen.every((each, at) => dayOf(each) === dayOf(seen[at % 7] ?? ""))).toBe(true);
      expect(seen.every(isDate)).toBe(true);
    },
  );
});
