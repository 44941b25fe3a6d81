import { describe, expect, it } from "vitest";
import type { Coach, Exception, Schedule } from "../../protocol";
import { byDate } from "../timetable/exceptions";
import { occurrencesOn } from "../timetable/occurrences";
import { exception, slot } from "../timetable/testing";
import { datesBetween } from "../../ui/base/dates";
import { agendaOf, candidatesOn, sayTimesOn } from "./free-on-dates";

const ida = { id: 1, name: "Ida" };
const ben = { id: 2, name: "Ben" };
const zoe = { id: 3, name: "Zoe" };
const coaches: Coach[] = [ida, ben, zoe].map((each) => ({
  ...each,
  age: 30,
  picture: "",
  username: "",
}));
const plan = (name: string) => ({ workout_plan: { id: 1, name, difficulty: "" } });

const given = slot(10, "Monday", "900", { coach: ida });

/** The candidates for a class from 7 to 21 December, a Monday each, by name with what they are busy with. */
function found(others: readonly Schedule[], exceptions: readonly Exception[] = [], of = given) {
  const dates = datesBetween("2026-12-07", "2026-12-21");
  const known = byDate(exceptions);
  const agenda = agendaOf(dates, [of, ...others], known);
  const wanted = occurrencesOn(dates, [of], known);
  return candidatesOn(coaches, ida.id, wanted, agenda).map((each) =>
    [each.coach.name, sayTimesOn(each)].filter(Boolean).join(" "),
  );
}

describe("who is free on dates", () => {
  it("are all others by name, if nothing is in the way", () => {
    expect(found([slot(11, "Monday", "1000", { coach: ben })])).toEqual(["Ben", "Zoe"]);
    expect(found([slot(11, "Tuesday", "900", { coach: ben })])).toEqual(["Ben", "Zoe"]);
  });

  it("come before who has another class then, who says which and on how many dates", () => {
    const spin = slot(11, "Monday", "930", { coach: ben, ...plan("Spin") });
    expect(found([spin])).toEqual(["Zoe", "Ben teaches Spin on Mondays 09:30 (3 dates)"]);
  });

  it("are not who substitutes for another then", () => {
    const yoga = slot(11, "Monday", "845", { coach: ida, ...plan("Yoga") });
    expect(found([yoga], [exception(yoga, "2026-12-14", { coach: ben })])).toEqual([
      "Zoe",
      "Ben teaches Yoga on Monday 14 December 08:45",
    ]);
  });

  it("are those whose own class is cancelled, or given by another, or on a closed day", () => {
    const spin = slot(11, "Monday", "930", { coach: ben, ...plan("Spin") });
    expect(
      found(
        [spin],
        [
          exception(spin, "2026-12-07", { cancelled: true }),
          exception(spin, "2026-12-14", { coach: zoe }),
          exception(null, "2026-12-21"),
        ],
      ),
    ).toEqual(["Ben", "Zoe teaches Spin on Monday 14 December 09:30"]);
  });

  it("are not busy with the class itself, but not called free either", () => {
    expect(found([], [exception(given, "2026-12-14", { coach: ben })])).toEqual([
      "Zoe",
      `Ben already teaches ${given.workout_plan.name} on Monday 14 December 09:00`,
    ]);
  });

  it("are not who is busy over midnight, from the evening before or into the night", () => {
    const late = slot(11, "Sunday", "2330", { coach: ben, ...plan("Late") });
    const night = slot(12, "Monday", "0", { coach: ida });
    expect(found([late], [], night)).toEqual([
      "Zoe",
      "Ben teaches Late on Sundays 23:30 (3 dates)",
    ]);
    const dawn = slot(11, "Tuesday", "15", { coach: ben, ...plan("Dawn") });
    const evening = slot(12, "Monday", "2330", { coach: ida });
    expect(found([dawn], [], evening)).toEqual([
      "Zoe",
      "Ben teaches Dawn on Tuesdays 00:15 (3 dates)",
    ]);
  });

  it("are sorted by how often they are busy, the first two classes by name", () => {
    const often = ["900", "915", "930"].map((hour, at) =>
      slot(20 + at, "Monday", hour, { coach: ben, ...plan(`Plan ${at}`) }),
    );
    const once = slot(30, "Monday", "900", { coach: ida, ...plan("Once") });
    expect(found([...often, once], [exception(once, "2026-12-07", { coach: zoe })])).toEqual([
      "Zoe teaches Once on Monday 7 December 09:00",
      "Ben teaches Plan 0 on Mondays 09:00 (3 dates), Plan 1 on Mondays 09:15 (3 dates) and 1 more",
    ]);
  });
});
