import { describe, expect, it } from "vitest";
import { cellOf, dayIn, digitsIn, hourIn, itemsIn, plain } from "./cells";

describe("an apostrophe before a formula", () => {
  it.each([
    ["'=1+1", "=1+1"],
    ["'+49 30", "+49 30"],
    ["''=1+1", "'=1+1"],
    ["Row;'=1+1", "Row;=1+1"],
    ["First this.\n'=1+1\n\t'@x;'  -1 a-b", "First this.\n=1+1\n\t@x;  -1 a-b"],
    ["'＝1+1", "＝1+1"],
    ["'quoted'", "'quoted'"],
    ["=1+1", "=1+1"],
    ["-5", "-5"],
  ])("%j is %j", (cell, text) => expect(plain(cell)).toBe(text));

  it("does not matter to lines and white space", () => {
    expect(plain(" a\r\nb \r")).toBe("a\nb");
    expect(plain("Zoe\u0308")).toBe("Zoë");
  });
});

describe("a time of day", () => {
  it.each([
    ["09:00", "900"],
    ["9:00", "900"],
    ["09:00:00", "900"],
    ["9.30", "930"],
    ["9h", "900"],
    ["9h15", "915"],
    ["18.30 Uhr", "1830"],
    ["9", "900"],
    ["900", "900"],
    ["0005", "5"],
    ["9:00 AM", "900"],
    ["12:15 am", "15"],
    ["12:15 p.m.", "1215"],
    ["6:30PM", "1830"],
    ["0.375", "900"],
    ["0,75", "1800"],
  ])("%s is %s", (text, hour) => expect(hourIn(text)).toBe(hour));

  it.each(["25:00", "9:75", "noon", "13:00 pm", "", "-9", "9:0", "123456", "2026-01-01"])(
    "%j is none",
    (text) => expect(hourIn(text)).toBeNull(),
  );
});

describe("a day", () => {
  it.each([
    ["Monday", "Monday"],
    ["mon", "Monday"],
    ["TU", "Tuesday"],
    ["Thu.", "Thursday"],
    ["Mittwoch", "Wednesday"],
    ["Mi", "Wednesday"],
    ["Do", "Thursday"],
  ])("%s is %s", (text, day) => expect(dayIn(text, ["de"])).toBe(day));

  it.each(["M", "T", "Mitt woch", "Funday", ""])("%j is none", (text) => {
    expect(dayIn(text, ["de"])).toBeNull();
  });

  it("does not fail for what is no language", () => {
    expect(dayIn("Mi", ["en-US@posix", "de"])).toBe("Wednesday");
  });

  it("is in the reader's languages only", () => expect(dayIn("Mittwoch")).toBeNull());
});

describe("a whole number", () => {
  it("may have been written as a fraction, or with its unit", () => {
    expect(["60", "60.0", "60,00", "60 min", "45 minutes", "6.5", "many"].map(digitsIn)).toEqual([
      "60",
      "60",
      "60",
      "60",
      "45",
      "6.5",
      "many",
    ]);
  });
});

describe("a list", () => {
  it.each([
    ["Squat; Lunge", ["Squat", "Lunge"]],
    ["5; ; 3", ["5", "", "3"]],
    ["5; ", ["5", ""]],
    ['"Squat; deep"; """Lunge"""', ["Squat; deep", '"Lunge"']],
    ["Squat\nLunge", ["Squat", "Lunge"]],
    ['Squat "deep"; Lunge', ['Squat "deep"', "Lunge"]],
    ['"Squat" deep; Lunge', ['"Squat" deep', "Lunge"]],
    ['"Squat; Lunge', ['"Squat', "Lunge"]],
    ["", []],
  ])("%j is %j", (text, items) => expect(itemsIn(text)).toEqual(items));

  it("is written so that it is read as it was", () => {
    const items = ["Squat; deep", '"Lunge"', "Row", "a\nb"];
    expect(itemsIn(cellOf(items))).toEqual(items);
  });

  it("of a hundred thousand spaces is read in no time", () => {
    expect(itemsIn(`a${" ".repeat(100_000)}b`)).toHaveLength(1);
  });
});
