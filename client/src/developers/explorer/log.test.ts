import { expect, test } from "vitest";
import { added, brief, filtered, MOST, written } from "./log";
import type { Line } from "./log";

const log = (count: number) => {
  let made: readonly Line[] = [];
  for (let at = 0; at < count; at += 1)
    made = added(made, { namespace: "/", event: `event_${at}`, payload: at });
  return made;
};

test("the oldest lines go when there are too many", () => {
  const full = log(MOST + 50);
  expect(full).toHaveLength(MOST);
  expect(full[0]?.payload).toBe(MOST + 49);
  expect(full.at(-1)?.payload).toBe(50);
  expect(new Set(full.map(({ id }) => id)).size).toBe(MOST);
});

test("a filter looks at names, whatever their case", () => {
  expect(filtered(log(12), " EVENT_1").map(({ event }) => event)).toEqual([
    "event_11",
    "event_10",
    "event_1",
  ]);
});

test("a payload is brief while it is folded, and never endless when it is not", () => {
  expect(brief([1, 2])).toBe("2 in a list");
  expect(brief({ id: 1, name: "May" })).toBe("{id, name}");
  expect(brief("text")).toBe('"text"');
  expect(brief(undefined)).toBe("nothing");
  expect(written("x".repeat(100_000)).length).toBeLessThan(21_000);
});
