import { expect, it } from "vitest";
import { labelOf } from "./labels";

const exception = (label: string) => labelOf({ channel: "exceptions", label });

it("says the weekday of a date once, and that of a class that is on another by now", () => {
  expect(exception("2026-12-02 Wednesday 12:15")).toBe("Wednesday 2 December, 12:15");
  expect(exception("2026-12-02 Friday 12:15")).toBe("Wednesday 2 December, Friday 12:15");
  expect(exception("2026-12-02 closed")).toBe("Wednesday 2 December, closed");
});

it("says when a class is", () => {
  const label = "Push, Day, Monday 18:00, Maya Lindqvist";
  expect(labelOf({ channel: "schedules", label })).toBe(label);
});
