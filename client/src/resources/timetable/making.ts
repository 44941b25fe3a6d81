/** New classes from one form: each of its days at each of its times. Pure. */
import { sayTime } from "../../ui/shell/labels";
import { sayDay } from "../../ui/base/dates";
import type { Schedule } from "../../protocol";
import { inList } from "../../ui/base/locale";
import { clock, days } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import type { Values } from "../../ui/form/use-record-form";
import { rules as ruleOf, toData, toValues } from "./fields";
import { overlapsWith, sayOverlap } from "./overlaps";
import type { Overlap } from "./overlaps";
import { dialogTexts } from "./dialog-texts";

/** What the inputs hold of when the classes are. */
export interface When {
  readonly days: readonly Day[];
  /** As the inputs have them: "09:00", or nothing yet. */
  readonly hours: readonly string[];
}

/** More in a day is no timetable: seven days of these are written at once. */
export const MOST_HOURS = 24;

const { day: _, hour: ofHour, ...others } = ruleOf;

export const rules = {
  ...others,
  days: (value: unknown) => ((value as When["days"]).length === 0 ? dialogTexts.oneAtLeast : null),
  hours: (value: unknown) =>
    (value as When["hours"]).map(ofHour).find((message) => message !== null) ?? null,
};

/** A class of a draft, or one to be copied, with its day and hour; what is absent is to be chosen. */
export function toMaking(slot: Parameters<typeof toValues>[0]): Values {
  const { day, hour, ...values } = toValues(slot);
  return { days: day === "" ? [] : [day], hours: [hour], ...values };
}

type Data = Readonly<Record<string, unknown>>;

/** The data of each class, in the order of the week; a time that was typed twice counts once. */
export function eachClass(data: Data): (Data & Pick<Schedule, "day" | "hour">)[] {
  const { days: chosen, hours, ...fields } = data as unknown as When;
  const times = [...new Set(hours.map((hour) => toData("hour", hour) as string))];
  times.sort((a, b) => Number(a) - Number(b));
  return days
    .filter((day) => chosen.includes(day))
    .flatMap((day) => times.map((hour) => ({ ...fields, day, hour })));
}

/** The classes that a form would make, or the one that it edits: those whose day and time are there. */
export function wouldBe(values: Values, id: number | null): Schedule[] {
  const { day, hour } = values;
  const when = id === null ? (values as unknown as When) : { days: [day], hours: [hour as string] };
  const data = {
    days: when.days,
    hours: when.hours.filter((each) => ofHour(each) === null),
    coach: values["coach"] ?? { id: 0, name: "" },
    workout_plan: values["workout_plan"] ?? { id: 0, name: dialogTexts.theNewClass },
    minutes: Number(values["minutes"]) || 60,
    room: String(values["room"]).trim(),
  };
  return eachClass(data).map((each, at) => ({ ...each, id: id ?? -1 - at }) as unknown as Schedule);
}

/** Who and what would be wanted twice, there and among the new ones; with the time, where there are several. */
export function overlapsOf(
  made: readonly Schedule[],
  there: readonly Schedule[],
  keep: (overlap: Overlap) => boolean = () => true,
): string[] {
  const lines = made.flatMap((slot, at) =>
    overlapsWith([...there, ...made.slice(0, at)], slot)
      .filter(keep)
      .map((overlap) => {
        const line = sayOverlap(overlap, slot, made);
        return made.length === 1 ? line : `${sayTime(slot.day, slot.hour)}: ${line}`;
      }),
  );
  return [...new Set(lines)];
}

/** How many there are, and the first of them; nothing of none. */
export function sayFirst(overlaps: readonly string[]): string | undefined {
  return overlaps[0] && dialogTexts.firstOverlap(overlaps.length, overlaps[0]);
}

/** "Push Day is on Monday and Friday at 07:00 and 18:00." */
export function sayMade(made: readonly Schedule[]): string {
  const [first] = made;
  if (first === undefined) return "";
  const on = inList([...new Set(made.map(({ day }) => sayDay(day)))]);
  const at = inList([...new Set(made.map(({ hour }) => clock(hour)))]);
  return dialogTexts.isOn(first.workout_plan.name, on, at);
}
