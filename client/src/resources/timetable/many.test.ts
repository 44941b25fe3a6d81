import { describe, expect, it } from "vitest";
import {
  allMoved,
  copiesOf,
  copyEdits,
  moved,
  moveEdits,
  sayCopied,
  sayMoved,
  twiceOf,
} from "./many";
import { slot } from "./testing";

const when = ({ day, hour }: { day: string; hour: string }) => `${day} ${hour}`;

describe("a move of many", () => {
  it.each([
    ["Monday", "900", { day: "Thursday", time: 0 }, "Thursday 900"],
    ["Monday", "900", { day: 0, time: "1830" }, "Monday 1830"],
    ["Monday", "915", { day: 1, time: 60 }, "Tuesday 1015"],
    ["Sunday", "2330", { day: 0, time: 60 }, "Monday 30"],
    ["Monday", "30", { day: 0, time: -60 }, "Sunday 2330"],
    ["Monday", "0030", { day: -1, time: 0 }, "Sunday 30"],
    ["Sunday", "900", { day: 1, time: 0 }, "Monday 900"],
  ] as const)("%s %s by %o is %s", (day, hour, move, expected) => {
    expect(when(moved(slot(1, day, hour), move))).toBe(expected);
  });

  it("leaves out what is there already, however its hour is written", () => {
    const classes = [slot(1, "Monday", "0900"), slot(2, "Tuesday", "900")];
    const after = allMoved(classes, { day: "Monday", time: 0 });
    expect(moveEdits(after)).toEqual([
      { channel: "schedules", kind: "update", id: 2, data: { day: "Monday", hour: "900" } },
    ]);
    expect(allMoved(classes, { day: 0, time: 0 })).toEqual([]);
  });

  it("is said", () => {
    expect(sayMoved([1, 2], { day: "Friday", time: 0 })).toBe(
      "Moved 2 classes to Friday, every week.",
    );
    expect(sayMoved([1], { day: -1, time: 30 })).toBe(
      "Moved 1 class 1 day earlier, 30 minutes later, every week.",
    );
    expect(sayMoved([1], { day: 0, time: -120 })).toBe(
      "Moved 1 class 2 hours earlier, every week.",
    );
    expect(sayMoved([1], { day: 0, time: "700" })).toBe("Moved 1 class to 07:00, every week.");
  });
});

describe("copies of many", () => {
  const push = slot(1, "Monday", "900");
  const pull = slot(2, "Tuesday", "1000", { room: "Studio" });

  it("are on each of the days but the class's own, with all that the class has", () => {
    const copies = copiesOf([push, pull], ["Tuesday", "Monday"]);
    expect(copies.map(when)).toEqual(["Monday 1000", "Tuesday 900"]);
    expect(copyEdits(copies)[0]).toEqual({
      channel: "schedules",
      kind: "new",
      data: {
        day: "Monday",
        hour: "1000",
        coach: pull.coach,
        workout_plan: pull.workout_plan,
        minutes: 60,
        room: "Studio",
        capacity: null,
      },
    });
    expect(new Set(copies.map(({ id }) => id)).size).toBe(2);
  });

  it("that would be there twice are those of the same plan and coach at the same time", () => {
    const copies = copiesOf([push], ["Tuesday", "Wednesday", "Thursday"]);
    const there = [
      push,
      slot(3, "Tuesday", "0900"),
      slot(4, "Wednesday", "900", { coach: { id: 2, name: "Ben" } }),
      slot(5, "Thursday", "930"),
    ];
    expect(twiceOf(copies, there).map(when)).toEqual(["Tuesday 900"]);
  });

  it("that are the same as another copy would be there twice, too", () => {
    const copies = copiesOf([push, slot(6, "Tuesday", "900")], ["Friday"]);
    expect(twiceOf(copies, [])).toEqual([copies[1]]);
  });

  it("are said", () => {
    const copies = copiesOf([push], ["Tuesday", "Friday"]);
    expect(sayCopied(copies, [])).toBe("Copied 2 classes to Tuesday and Friday.");
    expect(sayCopied(copies, [1])).toMatch(/ 1 class was there already\.$/);
  });
});
