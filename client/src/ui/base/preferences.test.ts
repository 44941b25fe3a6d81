import { afterEach, describe, expect, it } from "vitest";
import { counted, inList, setLocale } from "./locale";
import {
  firstDayOf,
  hasTwelveHours,
  languageOf,
  localeOf,
  stays,
  storedPreferences,
  storePreferences,
} from "./preferences";
import type { Preferences } from "./preferences";
import { dateIn, datesOf, sayDate, sayDay, sayFullDate, sayWeek, weekNamed, weekOf } from "./dates";
import { clock, fullHour } from "./time";

const usual: Preferences = {
  language: "browser",
  clock: "browser",
  week: "browser",
  messages: "usual",
};

function browser(...languages: string[]): void {
  Object.defineProperty(navigator, "languages", { value: languages, configurable: true });
  setLocale(usual);
}

afterEach(() => browser("en-GB"));

describe("what a browser wants", () => {
  it.each([
    [["en-GB"], "en", "en-GB", false, "Monday"],
    [["en-US"], "en", "en-US", true, "Sunday"],
    [["de-DE", "en-US"], "de", "de-DE", false, "Monday"],
    [["de"], "de", "de", false, "Monday"],
    [["fr-FR", "de-CH"], "de", "de-CH", false, "Monday"],
    [["fr-FR"], "en", "en-GB", false, "Monday"],
    [["ar-EG"], "en", "en-GB", true, "Saturday"],
    [["no such", "en-US"], "en", "en-US", true, "Sunday"],
    [[], "en", "en-GB", false, "Monday"],
  ] as const)("%j is %s", (languages, language, tag, twelve, first) => {
    browser(...languages);
    expect([languageOf(usual), localeOf(usual), hasTwelveHours(usual), firstDayOf(usual)]).toEqual([
      language,
      tag,
      twelve,
      first,
    ]);
  });

  it("is less than what somebody chose, which is kept", () => {
    storePreferences({ language: "de", clock: "12", week: "Saturday", messages: "long" });
    const chosen = storedPreferences();
    expect([languageOf(chosen), hasTwelveHours(chosen), firstDayOf(chosen)]).toEqual([
      "de",
      true,
      "Saturday",
    ]);
    expect(stays(4_000)).toBe(40_000);
  });

  it.each([
    "",
    "nonsense",
    "[]",
    "null",
    '{"language":"xx","clock":13,"week":"Funday","messages":9}',
  ])("stands where %j was kept", (kept) => {
    localStorage.setItem("spotter.preferences", kept);
    expect(storedPreferences()).toEqual(usual);
    expect(stays(4_000)).toBe(4_000);
  });
});

describe("how it is written", () => {
  it.each([
    ["en-GB", "09:05", "18:00", "Thursday 24 December", "1 class", "a, b and c"],
    ["en-US", "9:05 AM", "6:00 PM", "Thursday, December 24", "1 class", "a, b, and c"],
    ["de-DE", "09:05", "18:00", "Donnerstag, 24. Dezember", "1 class", "a, b und c"],
  ])("in %s", (tag, morning, evening, date, count, list) => {
    browser(tag);
    expect([
      clock("905"),
      clock("1800"),
      sayDate("2026-12-24"),
      counted(1, { one: "class", other: "classes" }),
      inList(["a", "b", "c"]),
    ]).toEqual([morning, evening, date, count, list]);
  });

  it("with a clock of its own", () => {
    setLocale({ ...usual, clock: "12" });
    expect([clock("0"), clock("1200"), clock("1830")]).toEqual(["12:00 am", "12:00 pm", "6:30 pm"]);
    browser("en-US");
    setLocale({ ...usual, clock: "24" });
    expect([clock("0"), clock("905"), clock("1830")]).toEqual(["00:00", "09:05", "18:30"]);
  });
});

describe("a week", () => {
  it("begins with the reader's first day, and goes by the same name", () => {
    setLocale({ ...usual, week: "Sunday" });
    const week = weekOf("2026-12-27");
    expect([week, weekNamed("2026-W53")]).toEqual(["2026-12-28", "2026-12-28"]);
    expect([datesOf(week)[0], datesOf(week).at(-1)]).toEqual(["2026-12-27", "2027-01-02"]);
    expect([dateIn(week, "Sunday"), dateIn(week, "Monday")]).toEqual(["2026-12-27", "2026-12-28"]);
    expect(sayWeek(week)).toBe("27 December 2026 – 2 January 2027");
  });

  it("has each of its dates, whatever it begins with", () => {
    for (const first of ["Monday", "Sunday", "Saturday"] as const) {
      setLocale({ ...usual, week: first });
      for (const date of datesOf(weekOf("2027-01-01"))) {
        expect(weekOf(date)).toBe(weekOf("2027-01-01"));
        expect(dateIn(weekOf(date), weekday(date))).toBe(date);
      }
    }
  });
});

function weekday(date: string) {
  const days = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
  ] as const;
  return days[new Date(`${date}T00:00Z`).getUTCDay()] ?? "Monday";
}

it("days have names", () => {
  browser("de-AT");
  expect([sayDay("Monday"), sayDay("Sunday", "short"), sayFullDate("2026-12-24")]).toEqual([
    "Montag",
    "So",
    "Donnerstag, 24. Dezember 2026",
  ]);
});

it.each([
  ["en-GB", "00:00", "09:00", "18:00"],
  ["en-US", "12 AM", "9 AM", "6 PM"],
])("full hours in %s", (tag, midnight, morning, evening) => {
  browser(tag);
  expect([fullHour(0), fullHour(9), fullHour(18)]).toEqual([midnight, morning, evening]);
});
