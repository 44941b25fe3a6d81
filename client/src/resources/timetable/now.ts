/** What runs now and what comes next. Pure. */
import type { Schedule } from "../../protocol";
import { days } from "../../ui/base/time";
import type { Now } from "./gym-clock";
import { weekMinute } from "./week";

/** Classes have a beginning and no end; a class is taken to last an hour. */
const LASTS = 60;
const WEEK = 7 * 1440;

export interface Present {
  readonly running: readonly Schedule[];
  /** The next ones, all at the same time. */
  readonly next: readonly Schedule[];
}

export function present(classes: readonly Schedule[], { day, minute }: Now): Present {
  const now = days.indexOf(day) * 1440 + minute;
  const since = (slot: Schedule) => (now - weekMinute(slot) + WEEK) % WEEK;
  const until = (slot: Schedule) => (weekMinute(slot) - now + WEEK) % WEEK || WEEK;
  const soonest = classes.reduce((least, slot) => Math.min(least, until(slot)), WEEK);
  return {
    running: classes.filter((slot) => since(slot) < LASTS),
    next: classes.filter((slot) => until(slot) === soonest),
  };
}
