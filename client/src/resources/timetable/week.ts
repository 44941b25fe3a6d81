/** The week as a grid of days and hours. Pure. */
import type { Schedule } from "../../protocol";
import { daysOfWeek } from "../../ui/base/dates";
import { days, hourOf, minutesOf } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import type { Drawn } from "./day-layout";

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

const NONE: readonly Drawn[] = [];
/** What the server takes for a class that says nothing of its length. */
const USUAL_LENGTH = 60;

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

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The slot that an arrow key leads to; null for another key, and beyond the week. */
export function beside(from: Slot, key: string): Slot | null {
  const step = steps[key];
  const order = daysOfWeek();
  const day = step && order[order.indexOf(from.day) + step[0]];
  const row = from.row + (step?.[1] ?? 0);
  return day && row >= 0 && row < 24 ? { day, row } : null;
}

/** What is drawn in each slot: it begins within the slot's hour. */
export function bySlot(
  layout: ReadonlyMap<Day, readonly Drawn[]>,
): ReadonlyMap<string, readonly Drawn[]> {
  const slots = new Map<string, Drawn[]>();
  for (const [day, drawn] of layout) {
    for (const piece of drawn) {
      const key = slotKey({ day, row: Math.floor(piece.from / 60) });
      const there = slots.get(key);
      if (there) there.push(piece);
      else slots.set(key, [piece]);
    }
  }
  return slots;
}

export function drawnAt(
  slots: ReadonlyMap<string, readonly Drawn[]>,
  slot: Slot,
): readonly Drawn[] {
  return slots.get(slotKey(slot)) ?? NONE;
}

export function byTime(a: Schedule, b: Schedule): number {
  return weekMinute(a) - weekMinute(b) || a.id - b.id;
}

/** Minutes since the week began. */
export function weekMinute(slot: Pick<Schedule, "day" | "hour">): number {
  return days.findIndex((day) => day === slot.day) * 1440 + minutesOf(slot.hour);
}

/** In minutes. A class that was kept on the device since before classes had lengths has none. */
export function lengthOf(slot: { readonly minutes?: number }): number {
  return slot.minutes ?? USUAL_LENGTH;
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
