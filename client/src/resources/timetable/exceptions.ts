/** What is different on single dates, as the records have it. Pure. */
import type { Exception, Schedule } from "../../protocol";
import { dayOf } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { texts } from "./texts";

/** What is different, by date. */
export interface Exceptions {
  /** Of one class on one date. */
  of: (schedule: number, date: LocalDate) => Exception | null;
  /** Why the gym is closed that day; null if it is open. */
  closed: (date: LocalDate) => Exception | null;
}

export function byDate(exceptions: readonly Exception[]): Exceptions {
  const found = new Map<string, Exception>();
  const keyOf = (schedule: number | null, date: LocalDate) => `${schedule ?? "all"} ${date}`;
  for (const each of exceptions) found.set(keyOf(each.schedule?.id ?? null, each.date), each);
  return {
    of: (schedule, date) => found.get(keyOf(schedule, date)) ?? null,
    closed: (date) => found.get(keyOf(null, date)) ?? null,
  };
}

/** An exception without effect: its class moved to another day (it is in `now`), or is gone (null). */
export interface Orphan {
  readonly exception: Exception;
  readonly now: Schedule | null;
}

/** Earliest first. */
export function orphansOf(
  exceptions: readonly Exception[],
  classes: readonly Schedule[],
): readonly Orphan[] {
  const known = new Map(classes.map((slot) => [slot.id, slot]));
  return exceptions
    .flatMap((exception) => {
      if (exception.schedule === null) return [];
      const now = known.get(exception.schedule.id) ?? null;
      return now?.day === dayOf(exception.date) ? [] : [{ exception, now }];
    })
    .toSorted(
      (a, b) => a.exception.date.localeCompare(b.exception.date) || a.exception.id - b.exception.id,
    );
}

/** "cancelled", "given by Ben Whitaker", "closed"; with the note. */
export function sayDifferent({ schedule, cancelled, coach, note }: Exception): string {
  const what =
    schedule === null
      ? texts.sayClosed
      : cancelled
        ? texts.sayCancelled
        : coach && texts.givenBy(coach.name);
  // It stands within sentences that have an end of their own.
  return [what, note.replace(/\.$/, "")].filter(Boolean).join(": ");
}
