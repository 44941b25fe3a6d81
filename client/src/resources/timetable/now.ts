/** What runs now and what comes next. Pure. */
import type { Exception, Schedule } from "../../protocol";
import { addDays } from "../../ui/base/dates";
import { minutesOf } from "../../ui/base/time";
import type { Exceptions } from "./exceptions";
import type { Now } from "./gym-clock";
import { occurrencesOn, takesPlace } from "./occurrences";
import type { Occurrence } from "./occurrences";
import { lengthOf } from "./week";

/** So many days are looked through for the next class. */
const AHEAD = 92;

export interface Present {
  readonly running: readonly Occurrence[];
  /** The next ones, all at the same time. */
  readonly next: readonly Occurrence[];
  /** Why the gym is closed today. */
  readonly closed: Exception | null;
}

export function present(
  classes: readonly Schedule[],
  exceptions: Exceptions,
  { date, minute }: Now,
): Present {
  const on = (day: number) =>
    occurrencesOn([addDays(date, day)], classes, exceptions)
      .filter(takesPlace)
      .map((occurrence) => ({ occurrence, begins: day * 1440 + minutesOf(occurrence.slot.hour) }));
  const running = [...on(-1), ...on(0)].filter(
    ({ occurrence, begins }) => begins <= minute && minute < begins + lengthOf(occurrence.slot),
  );
  return {
    running: running.map(({ occurrence }) => occurrence),
    next: classes.length === 0 ? [] : firstAfter(minute, on),
    closed: exceptions.closed(date),
  };
}

type Begun = { occurrence: Occurrence; begins: number };

function firstAfter(minute: number, on: (day: number) => Begun[]): Occurrence[] {
  for (let day = 0; day < AHEAD; day += 1) {
    const later = on(day).filter(({ begins }) => begins > minute);
    const soonest = Math.min(...later.map(({ begins }) => begins));
    if (later.length === 0) continue;
    return later.filter(({ begins }) => begins === soonest).map(({ occurrence }) => occurrence);
  }
  return [];
}
