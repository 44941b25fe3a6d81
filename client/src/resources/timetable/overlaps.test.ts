import { describe, expect, it } from "vitest";
import type { Schedule } from "../../protocol";
import type { Day } from "../../ui/base/time";
import { clashing, endOf, overlapsWith, sayOverlap } from "./overlaps";

const maya = { id: 1, name: "Maya Lindqvist" };
const noor = { id: 2, name: "Noor Haddad" };

function slot(id: number, day: Day, hour: string, more: Partial<Schedule> = {}): Schedule {
  return {
    id,
    day,
    hour,
    coach: maya,
    workout_plan: { id: 7, name: "Push Day", difficulty: "Easy" },
    minutes: 60,
    room: "",
    capacity: null,
    ...more,
  };
}

const said = (classes: Schedule[], moved: Schedule) =>
  overlapsWith(classes, moved).map((overlap) => sayOverlap(overlap, moved));

describe("a class from nine to ten", () => {
  it.each<[Day, string, number, boolean]>([
    ["Monday", "900", 60, true],
    ["Monday", "959", 5, true],
    ["Monday", "1000", 60, false],
    ["Monday", "800", 60, false],
    ["Monday", "800", 61, true],
    ["Monday", "105", 480, true],
    ["Monday", "100", 480, false],
    ["Tuesday", "900", 60, false],
    ["Sunday", "900", 60, false],
  ])("and one on %s at %s for %d minutes: %s", (day, hour, minutes, meets) => {
    const moved = slot(2, day, hour, { minutes });
    expect(overlapsWith([slot(1, "Monday", "900")], moved)).toHaveLength(meets ? 1 : 0);
    expect(clashing([slot(1, "Monday", "900"), moved]).size).toBe(meets ? 2 : 0);
  });
});

it.each<[Day, Day]>([
  ["Monday", "Tuesday"],
  ["Sunday", "Monday"],
])("a class on %s goes on after midnight, into %s", (day, next) => {
  const late = slot(1, day, "2330", { minutes: 90 });
  expect(said([late], slot(2, next, "30"))).toEqual([
    "Maya Lindqvist teaches Push Day until 01:00.",
  ]);
  expect(said([slot(2, next, "30")], late)).toEqual([
    "Maya Lindqvist teaches Push Day from 00:30 until 01:30.",
  ]);
  expect(said([late], slot(2, next, "100"))).toEqual([]);
  expect(
    [...clashing([late, slot(2, next, "30"), slot(3, next, "100")]).keys()].toSorted(),
  ).toEqual([1, 2, 3]);
  expect(endOf(late)).toBe("01:00");
});

describe("what is said", () => {
  const moved = slot(9, "Monday", "1730", { room: "Studio 1" });
  it.each<[string, Partial<Schedule>]>([
    ["Maya Lindqvist teaches Push Day until 18:00.", {}],
    ["Studio 1 has Push Day until 18:00.", { coach: noor, room: "Studio 1" }],
    ["Maya Lindqvist teaches Push Day in Studio 1 until 18:00.", { room: "Studio 1" }],
    ["Maya Lindqvist teaches Push Day until 18:00.", { room: "Studio 2" }],
  ])("%s", (line, more) => {
    expect(said([slot(1, "Monday", "1700", more)], moved)).toEqual([line]);
  });

  it("is what would be, of classes that are planned together", () => {
    const other = slot(-1, "Monday", "1700", { room: "Studio 1" });
    const say = (more: Partial<Schedule>) =>
      overlapsWith([other], { ...moved, ...more }).map((each) => sayOverlap(each, moved, [other]));
    expect(say({})).toEqual(["Maya Lindqvist would also teach Push Day in Studio 1 until 18:00."]);
    expect(say({ coach: noor })).toEqual(["Studio 1 would also have Push Day until 18:00."]);
  });

  it("names the earliest first, and never the class itself", () => {
    const classes = [slot(3, "Monday", "1800"), slot(2, "Monday", "1700"), moved];
    expect(said(classes, moved)).toEqual([
      "Maya Lindqvist teaches Push Day until 18:00.",
      "Maya Lindqvist teaches Push Day from 18:00 until 19:00.",
    ]);
  });

  it("no room is not a room that two share", () => {
    expect(said([slot(1, "Monday", "1700", { coach: noor })], slot(9, "Monday", "1700"))).toEqual(
      [],
    );
  });
});

describe("marks", () => {
  it("say whether it is the coach, the room, or both", () => {
    const found = clashing([
      slot(1, "Monday", "900", { room: "A" }),
      slot(2, "Monday", "930", { room: "B" }),
      slot(3, "Monday", "1015", { coach: noor, room: "B" }),
      slot(4, "Tuesday", "900", { room: "A" }),
      slot(5, "Tuesday", "900", { room: "A" }),
    ]);
    expect(Object.fromEntries(found)).toEqual({
      1: "coach",
      2: "both",
      3: "room",
      4: "both",
      5: "both",
    });
  });

  it("see a long class over short ones that do not meet each other", () => {
    const found = clashing([
      slot(1, "Monday", "900", { minutes: 240 }),
      slot(2, "Monday", "1000", { minutes: 30 }),
      slot(3, "Monday", "1200", { minutes: 30 }),
    ]);
    expect([...found.keys()].toSorted()).toEqual([1, 2, 3]);
  });
});

it("a class kept since before there were lengths lasts an hour", () => {
  const { minutes: _, room: __, ...old } = slot(1, "Monday", "900");
  expect(endOf(old as Schedule)).toBe("10:00");
  expect(overlapsWith([old as Schedule], slot(2, "Monday", "930"))).toHaveLength(1);
});
