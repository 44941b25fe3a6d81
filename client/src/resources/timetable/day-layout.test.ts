import { describe, expect, it } from "vitest";
import type { Schedule } from "../../protocol";
import { datesOf } from "../../ui/base/dates";
import { layOut, piecesOf } from "./day-layout";
import { byDate } from "./exceptions";
import { occurrencesOn, seenOn } from "./occurrences";
import { slot as length } from "./testing";

const slot = (id: number, day: Schedule["day"], hour: string, minutes = 60) =>
  length(id, day, hour, { minutes });
const week = datesOf("2026-12-21");
const asUsual = byDate([]);
const seen = (classes: Schedule[]) => seenOn(week, classes, asUsual);
const pieces = (each: Schedule) => occurrencesOn(week, [each], asUsual).flatMap(piecesOf);

/** "id: column/columns" of Monday's classes, as they are drawn. */
const monday = (classes: Schedule[]) =>
  (layOut(week, seen(classes)).byDay.get("Monday") ?? []).map(
    (piece) => `${piece.occurrence.slot.id}: ${piece.column}/${piece.columns}`,
  );

describe("columns", () => {
  it("are one where nothing overlaps", () => {
    expect(monday([slot(1, "Monday", "900"), slot(2, "Monday", "1000")])).toEqual([
      "1: 0/1",
      "2: 0/1",
    ]);
  });
  it("lie side by side while classes overlap, and are used again", () => {
    const classes = [
      slot(1, "Monday", "900", 90),
      slot(2, "Monday", "930", 30),
      slot(3, "Monday", "1000", 60),
      slot(4, "Monday", "1100", 60),
    ];
    expect(monday(classes)).toEqual(["1: 0/2", "2: 1/2", "3: 1/2", "4: 0/1"]);
  });
  it("keep a very short class readable", () => {
    expect(monday([slot(1, "Monday", "900", 5), slot(2, "Monday", "910")])).toEqual([
      "1: 0/2",
      "2: 1/2",
    ]);
  });
  it("tell how wide a day has to be", () => {
    const { columns } = layOut(week, seen([slot(1, "Monday", "900"), slot(2, "Monday", "930")]));
    expect([columns.get("Monday"), columns.get("Tuesday")]).toEqual([2, 1]);
  });
});

describe("midnight", () => {
  it("cuts a class in two, at the end of the week too", () => {
    expect(pieces(slot(1, "Sunday", "2330", 90))).toMatchObject([
      { date: "2026-12-27", from: 1410, to: 1440, continued: false },
      { date: "2026-12-28", from: 0, to: 60, continued: true },
    ]);
  });
  it("lays the end of last week's last class on this Monday", () => {
    expect(monday([slot(1, "Sunday", "2330", 90), slot(2, "Monday", "30")])).toEqual([
      "1: 0/2",
      "2: 1/2",
    ]);
  });
  it("leaves what ends then in one", () => {
    expect(pieces(slot(1, "Sunday", "2330", 30))).toHaveLength(1);
  });
});
