/** Several classes moved or copied at once: what they then are. Pure. */
import { sayDay, daysOfWeek } from "../../ui/base/dates";
import type { Edit } from "@spotter/realtime";
import type { Schedule } from "../../protocol";
import { inList } from "../../ui/base/locale";
import { clock, days, hourOf, minutesOf } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import { countOf } from "../coaches/hand-over";
import { dialogTexts } from "./dialog-texts";

/** What the server takes in one batch. */
export const MOST = 500;

const DAY = 1440;
const WEEK = 7 * DAY;

export interface Move {
  /** To this day, or so many days later. */
  readonly day: Day | number;
  /** To this hour, as the server writes it, or so many minutes later. */
  readonly time: string | number;
}

/** The class as the move leaves it; what goes beyond midnight or Sunday comes in at the other end. */
export function moved(slot: Schedule, { day, time }: Move): Schedule {
  const at = typeof day === "string" ? days.indexOf(day) : days.indexOf(slot.day) + day;
  const minute = typeof time === "string" ? minutesOf(time) : minutesOf(slot.hour) + time;
  const there = (at * DAY + minute + WEEK) % WEEK;
  return {
    ...slot,
    day: days[Math.floor(there / DAY)] ?? slot.day,
    hour: hourOf(there % DAY),
  };
}

/** Those that the move changes, as it leaves them. */
export function allMoved(classes: readonly Schedule[], move: Move): Schedule[] {
  return classes.flatMap((slot) => {
    const after = moved(slot, move);
    return after.day === slot.day && minutesOf(after.hour) === minutesOf(slot.hour) ? [] : [after];
  });
}

export function moveEdits(after: readonly Schedule[]): Edit[] {
  return after.map(({ id, day, hour }) => ({
    channel: "schedules",
    kind: "update",
    id,
    data: { day, hour },
  }));
}

/** "Moved 3 classes to Tuesday, 30 minutes later, every week." */
export function sayMoved(after: readonly unknown[], { day, time }: Move): string {
  const parts = [
    typeof day === "string" ? dialogTexts.toDay(sayDay(day)) : day !== 0 && later(day, "day"),
    typeof time === "string"
      ? dialogTexts.toTime(clock(time))
      : time !== 0 && later(time, "minute"),
  ];
  return dialogTexts.moved(countOf(after), parts.filter(Boolean).join(", "));
}

/** "2 hours earlier" */
export function later(count: number, unit: "day" | "minute"): string {
  const size = Math.abs(count);
  const hours = unit === "minute" && size % 60 === 0;
  const shown = hours ? size / 60 : size;
  return dialogTexts.later(shown, hours ? "hour" : unit, count < 0);
}

/** The copies of each class on each of these days but its own; their ids are of no class. */
export function copiesOf(classes: readonly Schedule[], to: readonly Day[]): Schedule[] {
  return days
    .filter((day) => to.includes(day))
    .flatMap((day) => classes.filter((slot) => slot.day !== day).map((slot) => ({ ...slot, day })))
    .map((copy, at) => ({ ...copy, id: -1 - at }));
}

/** Those of the copies that would be there twice: the same plan and coach at the same time. */
export function twiceOf(copies: readonly Schedule[], there: readonly Schedule[]): Schedule[] {
  return copies.filter((copy, at) =>
    [...there, ...copies.slice(0, at)].some(
      (slot) =>
        slot.day === copy.day &&
        minutesOf(slot.hour) === minutesOf(copy.hour) &&
        slot.workout_plan.id === copy.workout_plan.id &&
        slot.coach.id === copy.coach.id,
    ),
  );
}

export function copyEdits(copies: readonly Schedule[]): Edit[] {
  return copies.map((copy) => {
    const { id: _, ...data } = copy;
    return { channel: "schedules", kind: "new", data };
  });
}

/** "Copied 5 classes to Tuesday and Thursday. 1 class was there already." */
export function sayCopied(copies: readonly Schedule[], leftOut: readonly unknown[]): string {
  const to = daysOfWeek().filter((day) => copies.some((copy) => copy.day === day));
  const text = dialogTexts.copied(countOf(copies), inList(to.map((day) => sayDay(day))));
  if (leftOut.length === 0) return text;
  return `${text} ${dialogTexts.wereThere(leftOut.length, countOf(leftOut))}`;
}
