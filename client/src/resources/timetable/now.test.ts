import { expect, it } from "vitest";
import type { Day } from "../../ui/base/time";
import { present } from "./now";

const slot = (id: number, day: Day, hour: string) => ({
  id,
  day,
  hour,
  coach: { id: 1, name: "Ada" },
  workout_plan: { id: 1, name: "Circuit", difficulty: "Easy" },
});
const classes = [slot(1, "Monday", "900"), slot(2, "Monday", "1000"), slot(3, "Sunday", "2330")];
const ids = (day: "Monday" | "Sunday", minute: number) => {
  const { running, next } = present(classes, { day, minute });
  return [running.map(({ id }) => id), next.map(({ id }) => id)];
};

it.each([
  ["before the first class", 8 * 60, [], [1]],
  ["when a class begins", 9 * 60, [1], [2]],
  ["within its hour", 9 * 60 + 59, [1], [2]],
  ["when its hour is over", 10 * 60, [2], [3]],
  ["past midnight on Monday", 10, [3], [1]],
])("%s", (_, minute, running, next) => {
  expect(ids("Monday", minute)).toEqual([running, next]);
});

it("goes on to next week", () => {
  expect(ids("Sunday", 23 * 60 + 45)).toEqual([[3], [1]]);
});

it("has nothing to say about an empty week", () => {
  expect(present([], { day: "Monday", minute: 0 })).toEqual({ running: [], next: [] });
});
