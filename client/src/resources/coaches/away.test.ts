import { describe, expect, it } from "vitest";
import { byDate } from "../timetable/exceptions";
import { exception, slot } from "../timetable/testing";
import { concerned, datesAway, defaultDates, editFor, sayBetween, wrongWith } from "./away";
import type { Concerned } from "./away";

const ida = { id: 1, name: "Ida" };
const ben = { id: 2, name: "Ben" };
const zoe = { id: 3, name: "Zoe" };
/** A Monday morning. */
const now = { date: "2026-11-30", minute: 600 };
const monday = slot(10, "Monday", "1800", { coach: ida });
const early = slot(11, "Monday", "800", { coach: ida });
const friday = slot(12, "Friday", "900", { coach: ida });
const theirs = slot(13, "Tuesday", "900", { coach: ben });
const classes = [friday, monday, early, theirs];

function found(from: string, to: string, exceptions: Parameters<typeof byDate>[0] = []) {
  return concerned(ida.id, datesAway({ from, to }), classes, byDate(exceptions), now);
}

/** Each class on each date, with * if it is given away, - if it cannot be, and what is different. */
function lines(...args: Parameters<typeof found>): string[] {
  const mark = ({ stays, usually }: Concerned) => (stays ? "-" : usually ? "*" : " ");
  return found(...args).flatMap(({ dates }) =>
    dates.map((each) => `${mark(each)} ${each.key} ${each.note}`.trim()),
  );
}

describe("the dates of being away", () => {
  it("are today to in a week, unless said otherwise", () => {
    const between = defaultDates("2026-12-28");
    expect(between).toEqual({ from: "2026-12-28", to: "2027-01-04" });
    expect(datesAway(between)).toHaveLength(8);
  });

  it.each([
    ["2026-12-24", "2026-12-23", { to: "Must not be before the first day." }],
    ["", "2026-12-23", { from: "Choose the first day." }],
    ["2026-02-29", "", { from: "Choose the first day.", to: "Choose the last day." }],
    ["2026-12-24", "2027-12-25", { to: "Must be within a year of the first day." }],
    ["0026-12-24", "10000-01-01", { to: "Choose the last day." }],
  ])("%s to %s are wrong, and none", (from, to, errors) => {
    expect(wrongWith({ from, to })).toEqual(errors);
    expect(datesAway({ from, to })).toEqual([]);
  });

  it("are a year at most", () => {
    expect(wrongWith({ from: "2026-12-24", to: "2027-12-24" })).toEqual({});
    expect(datesAway({ from: "2027-12-24", to: "2028-12-23" })).toHaveLength(366);
  });

  it("are said with the year where it is not one", () => {
    expect(sayBetween({ from: "2026-12-24", to: "2026-12-24" })).toBe("on Thursday 24 December");
    expect(sayBetween({ from: "2026-12-24", to: "2026-12-27" })).toBe(
      "from Thursday 24 December to Sunday 27 December",
    );
    expect(sayBetween({ from: "2026-12-31", to: "2027-01-01" })).toBe(
      "from Thursday, 31 December 2026 to Friday, 1 January 2027",
    );
  });
});

describe("what it concerns", () => {
  it("are all dates of the coach's classes, by class, earliest first", () => {
    expect(lines("2026-12-01", "2026-12-14")).toEqual([
      "* 12 2026-12-04",
      "* 12 2026-12-11",
      "* 11 2026-12-07",
      "* 11 2026-12-14",
      "* 10 2026-12-07",
      "* 10 2026-12-14",
    ]);
    expect(lines("2026-12-05", "2026-12-06")).toEqual([]);
  });

  it("is not what is over today, unless chosen", () => {
    expect(lines("2026-11-30", "2026-11-30")).toEqual([
      "11 2026-11-30 over by now",
      "* 10 2026-11-30",
    ]);
  });

  it("leaves what is cancelled, what another coach gives, and closed days", () => {
    const exceptions = [
      exception(monday, "2026-12-07", { cancelled: true, note: "No heating" }),
      exception(early, "2026-12-07", { coach: zoe }),
      exception(friday, "2026-12-11", { note: "Bring a mat" }),
      exception(null, "2026-12-14", { note: "Holiday" }),
    ];
    expect(lines("2026-12-07", "2026-12-14", exceptions)).toEqual([
      "11 2026-12-07 given by Zoe",
      "- 11 2026-12-14 the gym is closed, Holiday",
      "- 10 2026-12-07 cancelled, No heating",
      "- 10 2026-12-14 the gym is closed, Holiday",
      "* 12 2026-12-11 Bring a mat",
    ]);
  });

  it("are also the classes of others that the coach gives on a date", () => {
    const stands = exception(theirs, "2026-12-01", { coach: ida });
    expect(lines("2026-12-01", "2026-12-02", [stands])).toEqual(["* 13 2026-12-01 for Ben"]);
  });
});

describe("what is written", () => {
  const first = (exceptions: Parameters<typeof byDate>[0], from = "2026-12-07") =>
    found(from, from, exceptions).flatMap(({ dates }) => dates)[0] as Concerned;

  it("is a new exception where nothing is different yet", () => {
    expect(editFor(first([]), ben)).toEqual({
      channel: "exceptions",
      kind: "new",
      data: {
        date: "2026-12-07",
        schedule: { id: 11, day: "Monday", hour: "800" },
        cancelled: false,
        coach: ben,
        note: "",
      },
    });
  });

  it("is the other coach alone where there is an exception: the note stays", () => {
    const noted = exception(early, "2026-12-07", { note: "Bring a mat" });
    expect(editFor(first([noted]), ben)).toEqual({
      channel: "exceptions",
      kind: "update",
      id: noted.id,
      data: { coach: ben },
    });
    const given = exception(early, "2026-12-07", { coach: zoe });
    expect(editFor(first([given]), ben)).toMatchObject({ kind: "update", id: given.id });
    expect(editFor(first([given]), zoe)).toBeNull();
  });

  it("is as usual again where the class comes back to its own coach", () => {
    const stands = exception(theirs, "2026-12-01", { coach: ida });
    const noted = { ...stands, note: "Bring a mat" };
    expect(editFor(first([stands], "2026-12-01"), ben)).toEqual({
      channel: "exceptions",
      kind: "delete",
      id: stands.id,
    });
    expect(editFor(first([noted], "2026-12-01"), ben)).toMatchObject({ data: { coach: null } });
    expect(editFor(first([stands], "2026-12-01"), zoe)).toMatchObject({ data: { coach: zoe } });
  });
});
