import { describe, expect, it } from "vitest";
import { eachClass, rules, toMaking } from "./making";

describe("the classes of a form", () => {
  it("are each day at each time, in the order of the week", () => {
    const made = eachClass({ days: ["Friday", "Monday"], hours: ["18:00", "07:30"], room: "Roof" });
    expect(made).toEqual([
      { day: "Monday", hour: "730", room: "Roof" },
      { day: "Monday", hour: "1800", room: "Roof" },
      { day: "Friday", hour: "730", room: "Roof" },
      { day: "Friday", hour: "1800", room: "Roof" },
    ]);
  });

  it("are there once for a time that was typed twice", () => {
    expect(eachClass({ days: ["Monday"], hours: ["09:00", "09:00"] })).toHaveLength(1);
  });
});

describe("what is wrong", () => {
  it.each([
    [[], "Please choose at least one."],
    [["Monday"], null],
  ])("with the days %j", (days, message) => {
    expect(rules.days(days)).toBe(message);
  });

  it.each([
    [["09:00", ""], "Must be a time, like 09:00."],
    [["09:00", "24:00"], "Must be a time, like 09:00."],
    [["09:00", "18:30"], null],
  ])("with the times %j", (hours, message) => {
    expect(rules.hours(hours)).toBe(message);
  });
});

it("a form begins with what is known of a class", () => {
  expect(toMaking({ day: "Tuesday", hour: "900", minutes: 45 })).toMatchObject({
    days: ["Tuesday"],
    hours: ["09:00"],
    minutes: "45",
    coach: null,
  });
  expect(toMaking({ hour: "1830" })).toMatchObject({ days: [], hours: ["18:30"] });
});
