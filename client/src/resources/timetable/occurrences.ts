/** Classes as they take place on dates. Pure. */
import type { Exception, Schedule } from "../../protocol";
import { addDays, addWeeks, dateIn, dayOf, isDate, weekOf } from "../../ui/base/dates";
import type { LocalDate, Week } from "../../ui/base/dates";
import { minutesOf } from "../../ui/base/time";
import type { Exceptions } from "./exceptions";
import type { Now } from "./gym-clock";
import { lengthOf } from "./week";

/** A class on one date. */
export interface Occurrence {
  readonly date: LocalDate;
  /** As it is every week. */
  readonly usual: Schedule;
  /** As it is given on that date: by the substitute, if there is one. */
  readonly slot: Schedule;
  /** What is different about it on that date. */
  readonly own: Exception | null;
  /** Why the gym is closed that day. */
  readonly closed: Exception | null;
}

/** The classes of these dates, in the dates' order, also those that do not take place. */
export function occurrencesOn(
  dates: readonly LocalDate[],
  classes: readonly Schedule[],
  exceptions: Exceptions,
): Occurrence[] {
  return dates.flatMap((date) => {
    const day = dayOf(date);
    const closed = exceptions.closed(date);
    return classes
      .filter((slot) => slot.day === day)
      .map((slot) => occurrence(slot, date, exceptions.of(slot.id, date), closed));
  });
}

function occurrence(
  usual: Schedule,
  date: LocalDate,
  own: Exception | null,
  closed: Exception | null,
): Occurrence {
  const coach = own?.cancelled ? null : own?.coach;
  return { date, usual, slot: coach ? { ...usual, coach } : usual, own, closed };
}

/** The classes that are seen on these consecutive dates: also the end of what began the evening before. */
export function seenOn(
  dates: readonly LocalDate[],
  classes: readonly Schedule[],
  exceptions: Exceptions,
): Occurrence[] {
  const [first] = dates;
  if (first === undefined) return [];
  const late = classes.filter((slot) => minutesOf(slot.hour) + lengthOf(slot) > 1440);
  return [
    ...occurrencesOn([addDays(first, -1)], late, exceptions),
    ...occurrencesOn(dates, classes, exceptions),
  ];
}

export function takesPlace({ own, closed }: Occurrence): boolean {
  return closed === null && !own?.cancelled;
}

/** Who would give it, if somebody else gives it on that date. */
export function insteadOf({ usual, slot }: Occurrence): Schedule["coach"] | null {
  return slot.coach.id === usual.coach.id ? null : usual.coach;
}

export function sameOccurrence(a: Occurrence, b: Occurrence): boolean {
  return a.date === b.date && a.usual === b.usual && a.own === b.own && a.closed === b.closed;
}

/** The classes that take place on these dates, as they are given there. */
export function given(
  dates: readonly LocalDate[],
  classes: readonly Schedule[],
  exceptions: Exceptions,
): Schedule[] {
  return occurrencesOn(dates, classes, exceptions)
    .filter(takesPlace)
    .map(({ slot }) => slot);
}

/** The date of a class in this week; of this week's classes that are over, that of next week. */
export function dateFor(slot: Schedule, week: Week, now: Now): LocalDate {
  const date = dateIn(week, slot.day);
  const ends = minutesOf(slot.hour) + lengthOf(slot);
  const isOver = date < now.date || (date === now.date && ends <= now.minute);
  return (isOver && week === weekOf(now.date) && addWeeks(date, 1)) || date;
}

/** The dates on which a class takes place that are nearest to one on which it does not: before and after it. */
export function nearestDates({ day }: Pick<Schedule, "day">, date: LocalDate): LocalDate[] {
  return [-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6]
    .map((days) => addDays(date, days))
    .filter((each) => isDate(each) && dayOf(each) === day);
}
