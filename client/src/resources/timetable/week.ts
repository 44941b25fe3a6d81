/** The week as a grid of days and hours. Pure. */
import type { Schedule } from "../../protocol";
import { days, hourOf, minutesOf } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";

/** A place in the grid: a day and an hour of the day (0 to 23). */
export interface Slot {
  day: Day;
  row: number;
}

export interface Filters {
  coach: string;
  plan: string;
  difficulty: string;
  /** The coach whose classes alone are shown. */
  mine: number | null;
}

const FIRST = 6;
const LAST = 21;
const NONE: readonly Schedule[] = [];

export function slotKey({ day, row }: Slot): string {
  return `${day}-${row}`;
}

export function parseSlot(key: string): Slot | null {
  const [day, row] = key.split("-");
  const known = days.find((name) => name === day);
  return known && row !== undefined ? { day: known, row: Number(row) } : null;
}

export function rowOf(hour: string): number {
  return Math.floor(minutesOf(hour) / 60);
}

/** The hours to show: a gym's usual day, and whatever lies outside of it. */
export function rowsOf(classes: readonly Schedule[]): number[] {
  const rows = classes.map((slot) => rowOf(slot.hour));
  const first = rows.reduce((a, b) => Math.min(a, b), FIRST);
  const last = rows.reduce((a, b) => Math.max(a, b), LAST);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** The classes of each slot, earliest first. */
export function bySlot(classes: readonly Schedule[]): ReadonlyMap<string, readonly Schedule[]> {
  const slots = new Map<string, Schedule[]>();
  for (const slot of classes) {
    const key = `${slot.day}-${rowOf(slot.hour)}`;
    const there = slots.get(key);
    if (there) there.push(slot);
    else slots.set(key, [slot]);
  }
  for (const there of slots.values()) there.sort(byTime);
  return slots;
}

export function classesAt(
  slots: ReadonlyMap<string, readonly Schedule[]>,
  slot: Slot,
): readonly Schedule[] {
  return slots.get(slotKey(slot)) ?? NONE;
}

export function byTime(a: Schedule, b: Schedule): number {
  return weekMinute(a) - weekMinute(b) || a.id - b.id;
}

/** Minutes since the week began. */
export function weekMinute(slot: Pick<Schedule, "day" | "hour">): number {
  return days.findIndex((day) => day === slot.day) * 1440 + minutesOf(slot.hour);
}

/** The classes whose coach is to be in two places at once. */
export function clashing(classes: readonly Schedule[]): ReadonlySet<number> {
  const first = new Map<string, number>();
  const found = new Set<number>();
  for (const slot of classes) {
    const key = `${slot.coach.id} ${slot.day} ${slot.hour}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, slot.id);
    else found.add(other).add(slot.id);
  }
  return found;
}

/** The other classes of the coach at the same time, if this class were there. */
export function clashesWith(
  classes: Iterable<Schedule>,
  moved: Pick<Schedule, "id" | "day" | "hour"> & { coach: { id: number } },
): Schedule[] {
  return Array.from(classes).filter(
    (other) =>
      other.id !== moved.id &&
      other.coach.id === moved.coach.id &&
      other.day === moved.day &&
      other.hour === moved.hour,
  );
}

/** The hour of a class that is moved to another row; it stays as many minutes past the hour. */
export function hourIn(row: number, hour: string): string {
  return hourOf(row * 60 + (minutesOf(hour) % 60));
}

export function fits(slot: Schedule, { coach, plan, difficulty, mine }: Filters): boolean {
  return (
    (coach === "" || String(slot.coach.id) === coach) &&
    (plan === "" || String(slot.workout_plan.id) === plan) &&
    (difficulty === "" || slot.workout_plan.difficulty === difficulty) &&
    (mine === null || slot.coach.id === mine)
  );
}
