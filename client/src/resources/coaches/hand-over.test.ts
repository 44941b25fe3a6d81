import { describe, expect, it } from "vitest";
import type { Coach, Schedule } from "../../protocol";
import { candidates, sayAtOnce, sayBusy, sayTimes } from "./hand-over";

const coach = (id: number, name: string): Coach => ({
  id,
  name,
  age: 30,
  picture: "",
  username: "",
});
const ill = coach(1, "Ida");
const coaches = [ill, coach(2, "Zoe"), coach(3, "Ben"), coach(4, "Cem")];

let ids = 0;
function slot(
  by: number,
  day: Schedule["day"],
  hour: string,
  more: Partial<Schedule> = {},
): Schedule {
  const { name = "" } = coaches.find(({ id }) => id === by) ?? {};
  return {
    id: (ids += 1),
    day,
    hour,
    minutes: 60,
    room: "",
    capacity: null,
    coach: { id: by, name },
    workout_plan: { id: by, name: `Plan ${by}`, difficulty: "" },
    ...more,
  };
}

/** The candidates by name, with what they are busy with. */
function found(classes: readonly Schedule[]): string[] {
  const given = classes.filter((each) => each.coach.id === ill.id);
  const all = candidates(
    coaches,
    ill.id,
    given.map((each) => ({ slot: each, among: classes })),
  );
  return all.map((each) => [each.coach.name, sayBusy(each)].filter(Boolean).join(" "));
}

describe("who can take over classes", () => {
  it("are all the others by name, if they are free", () => {
    expect(found([slot(1, "Monday", "900"), slot(2, "Monday", "1000")])).toEqual([
      "Ben",
      "Cem",
      "Zoe",
    ]);
  });

  it("are those who are free first, then those who are busy least often, and when", () => {
    const classes = [
      slot(1, "Monday", "900"),
      slot(1, "Tuesday", "900"),
      slot(3, "Monday", "930"),
      slot(3, "Tuesday", "815", { minutes: 50 }),
      slot(4, "Monday", "845"),
      slot(4, "Tuesday", "900"),
    ];
    expect(found(classes)).toEqual([
      "Zoe",
      "Ben teaches Plan 3 on Monday 09:30 and Plan 3 on Tuesday 08:15",
      "Cem teaches Plan 4 on Monday 08:45 and Plan 4 on Tuesday 09:00",
    ]);
  });

  it("are not busy because of the room", () => {
    const room = { room: "Studio" };
    expect(found([slot(1, "Monday", "900", room), slot(2, "Monday", "900", room)])).toEqual([
      "Ben",
      "Cem",
      "Zoe teaches Plan 2 on Monday 09:00",
    ]);
  });

  it("are no more free at the time of what they give themselves, and come after those who are", () => {
    const zoes = slot(2, "Monday", "900");
    const bens = slot(3, "Tuesday", "900");
    const classes = [zoes, bens, slot(3, "Monday", "930")];
    const all = candidates(
      coaches,
      0,
      [zoes, bens].map((each) => ({ slot: each, among: classes })),
    );
    expect(all.map((each) => [each.coach.name, sayTimes(each)].filter(Boolean).join(" "))).toEqual([
      "Cem",
      "Ida",
      "Zoe already teaches Plan 2 on Monday 09:00",
      "Ben already teaches Plan 3 on Tuesday 09:00, teaches Plan 3 on Monday 09:30",
    ]);
  });

  it("are said to give one of two classes at the same time once", () => {
    const both = [slot(2, "Monday", "900"), slot(3, "Monday", "930")];
    const all = candidates(
      coaches,
      0,
      both.map((each) => ({ slot: each, among: both })),
    );
    expect(all.map(sayTimes)).toEqual([
      "",
      "",
      "teaches Plan 3 on Monday 09:30",
      "teaches Plan 2 on Monday 09:00",
    ]);
  });

  it("are busy with a class once, and with two of many by name", () => {
    const long = slot(2, "Monday", "800", { minutes: 240 });
    const ours = [slot(1, "Monday", "900"), slot(1, "Monday", "1000")];
    expect(found([long, ...ours])[2]).toBe("Zoe teaches Plan 2 on Monday 08:00");
    const many = ["900", "915", "930"].map((hour) => slot(2, "Monday", hour));
    expect(found([...ours, ...many])[2]).toBe(
      "Zoe teaches Plan 2 on Monday 09:00, Plan 2 on Monday 09:15 and 1 more",
    );
  });

  it("are free for none of two classes at the same time, whoever gives them now", () => {
    const both = [slot(2, "Monday", "900"), slot(3, "Monday", "930")];
    expect(sayAtOnce([...both, slot(2, "Monday", "1030")])).toBe(
      "Nobody can teach all of them: Plan 2 on Monday 09:00 and Plan 3 on Monday 09:30 are at the same time. You can still give them.",
    );
    const after = [slot(2, "Monday", "900"), slot(3, "Monday", "1000")];
    expect(sayAtOnce(after)).toBe("");
    expect(sayAtOnce([])).toBe("");
  });
});
