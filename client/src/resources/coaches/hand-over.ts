/** Who can take over classes. Pure. */
import type { Coach, Schedule } from "../../protocol";
import { sayDay } from "../../ui/base/dates";
import { inList } from "../../ui/base/locale";
import { clock } from "../../ui/base/time";
import { things } from "../../ui/shell/things";
import { overlapsWith } from "../timetable/overlaps";
import { texts } from "./texts";

/** A class to be given away, and the classes that take place in its week. */
export interface Given {
  readonly slot: Schedule;
  readonly among: readonly Schedule[];
}

export interface Candidate {
  readonly coach: Coach;
  /** What the coach teaches at these times already, each class once. */
  readonly busy: readonly Schedule[];
  /** Which of the classes to be given away are the coach's already. */
  readonly own: readonly Schedule[];
}

const NAMED = 2;

/** Every coach but this one: who is free at all these times first, then who is busy least often. */
export function candidates(
  coaches: readonly Coach[],
  from: number,
  given: readonly Given[],
): Candidate[] {
  return coaches
    .filter(({ id }) => id !== from)
    .map((coach) => ({
      coach,
      busy: teaches(coach, given),
      own: given.flatMap(({ slot }) => (slot.coach.id === coach.id ? [slot] : [])),
    }))
    .toSorted(freeFirst);
}

interface Rank {
  readonly coach: Coach;
  readonly busy: readonly unknown[];
  readonly own: readonly unknown[];
}

/** The order in which coaches are offered. */
export function freeFirst(a: Rank, b: Rank): number {
  return (
    a.busy.length - b.busy.length ||
    a.own.length - b.own.length ||
    a.coach.name.localeCompare(b.coach.name)
  );
}

function teaches(coach: Coach, given: readonly Given[]): Schedule[] {
  const found = new Map<number, Schedule>();
  for (const { slot, among } of given) {
    for (const overlap of overlapsWith(among, { ...slot, coach })) {
      if (overlap.coach) found.set(overlap.other.id, overlap.other);
    }
  }
  return [...found.values()];
}

/** Which of these are at the same time as another of them, so that nobody can teach them all, in words; "" if none are. */
export function sayAtOnce(classes: readonly Schedule[]): string {
  const [first] = classes;
  if (first === undefined) return "";
  const alike = classes.map((slot) => ({ ...slot, coach: first.coach }));
  const meets = alike.map((slot) => overlapsWith(alike, slot).some(({ coach }) => coach));
  return listed(classes.filter((_slot, place) => meets[place]).map(sayClass), texts.atOnce);
}

/** "teaches Push Day on Monday 09:00"; nothing of who is free. */
export function sayBusy({ busy }: Pick<Candidate, "busy">): string {
  return listed(busy.map(sayClass));
}

/** "already teaches Push Day on Monday 09:00, teaches Spin on Monday 09:30"; nothing of who is free. */
export function sayTimes({ own, busy }: Pick<Candidate, "own" | "busy">): string {
  // What is in the way of another of these is said as that alone.
  const others = own.filter(({ id }) => busy.every((each) => each.id !== id));
  return [listed(others.map(sayClass), texts.givesAlready), sayBusy({ busy })]
    .filter(Boolean)
    .join(", ");
}

/** What somebody teaches, the first ones by name. */
export function listed(classes: readonly string[], say = texts.teaches): string {
  if (classes.length === 0) return "";
  const more = classes.length - NAMED;
  return say(inList([...classes.slice(0, NAMED), ...(more > 0 ? [texts.more(more)] : [])]));
}

/** "Push Day on Monday 09:00" */
export function sayClass({ workout_plan: plan, day, hour }: Schedule): string {
  return texts.planOn(plan.name, sayDay(day), clock(hour));
}

/** "1 class", "3 classes" */
export function countOf(classes: readonly unknown[]): string {
  return things.howMany("schedules", classes.length);
}
