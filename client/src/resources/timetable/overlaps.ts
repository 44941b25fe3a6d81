/** Classes that are at the same time, across midnight and the end of the week too. Pure. */
import type { Schedule } from "../../protocol";
import { clock, hourOf } from "../../ui/base/time";
import { lengthOf, weekMinute } from "./week";
import { texts } from "./texts";

const DAY = 1440;
const WEEK = 7 * DAY;

/** What of a class decides whether it is in the way of another; `id` 0 is a new one. */
export type Placed = Pick<Schedule, "id" | "day" | "hour" | "minutes" | "room"> & {
  coach: { id: number; name: string };
};

/** What another class has in common with this one, at the same time. */
export interface Overlap {
  readonly other: Schedule;
  readonly coach: boolean;
  readonly room: boolean;
}

/** Why a class is marked: its coach, or its room, is wanted twice. */
export type Clash = "coach" | "room" | "both";

function meet(a: Placed, b: Placed): boolean {
  const after = (weekMinute(b) - weekMinute(a) + WEEK) % WEEK;
  return after < lengthOf(a) || (WEEK - after) % WEEK < lengthOf(b);
}

/** The classes of the same coach or in the same room while this one lasts, earliest first. */
export function overlapsWith(classes: Iterable<Schedule>, moved: Placed): Overlap[] {
  const found: Overlap[] = [];
  for (const other of classes) {
    const coach = other.coach.id === moved.coach.id;
    const room = sameRoom(other, moved);
    if (other.id === moved.id || (!coach && !room) || !meet(other, moved)) continue;
    found.push({ other, coach, room });
  }
  const since = ({ other }: Overlap) =>
    (weekMinute(other) - weekMinute(moved) + WEEK + WEEK / 2) % WEEK;
  return found.toSorted((a, b) => since(a) - since(b) || a.other.id - b.other.id);
}

/** "Maya Lindqvist teaches Push Day until 18:00."; she would, where the other is not there yet either. */
export function sayOverlap(
  { other, coach, room }: Overlap,
  moved: Placed,
  planned: readonly Schedule[] = [],
): string {
  const begins = (weekMinute(other) - weekMinute(moved) + WEEK) % WEEK;
  // Half a week away is another day, so what begins later is nearer than that.
  const from = begins > 0 && begins < WEEK / 2 ? ` ${texts.fromTime(clock(other.hour))}` : "";
  const what = [other.workout_plan.name, coach && room && texts.inRoom(other.room)]
    .filter(Boolean)
    .join(" ");
  const would = planned.includes(other);
  const who = coach
    ? texts.coachTeaches(other.coach.name, would)
    : texts.roomHas(other.room, would);
  return texts.overlap(who, what, from, endOf(other));
}

/** When a class is over, as a clock shows it. */
export function endOf(slot: Pick<Schedule, "day" | "hour" | "minutes">): string {
  return clock(hourOf((weekMinute(slot) + lengthOf(slot)) % DAY));
}

/** The classes whose coach or room is wanted twice at a time. */
export function clashing(classes: readonly Schedule[]): ReadonlyMap<number, Clash> {
  const found = new Map<number, Clash>();
  const mark = (why: "coach" | "room") => (slot: Schedule) => {
    const before = found.get(slot.id);
    found.set(slot.id, before === undefined || before === why ? why : "both");
  };
  const byStart = classes.toSorted((a, b) => weekMinute(a) - weekMinute(b));
  for (const group of grouped(byStart, ({ coach }) => coach.id)) meeting(group, mark("coach"));
  const inRooms = byStart.filter(({ room }) => room);
  for (const group of grouped(inRooms, ({ room }) => room)) meeting(group, mark("room"));
  return found;
}

function grouped<K>(classes: readonly Schedule[], key: (slot: Schedule) => K): Schedule[][] {
  const groups = new Map<K, Schedule[]>();
  for (const slot of classes) {
    const known = groups.get(key(slot));
    if (known) known.push(slot);
    else groups.set(key(slot), [slot]);
  }
  return [...groups.values()];
}

/** Calls for each of these classes, in the order of their beginnings, that meets another. */
function meeting(classes: readonly Schedule[], mark: (slot: Schedule) => void): void {
  classes.forEach((slot, at) => {
    const end = weekMinute(slot) + lengthOf(slot);
    // The first ones again, as those of next week.
    for (let step = 1; step < classes.length; step += 1) {
      const next = at + step;
      const other = classes[next % classes.length];
      if (!other) return;
      if (weekMinute(other) + (next < classes.length ? 0 : WEEK) >= end) return;
      mark(slot);
      mark(other);
    }
  });
}

function sameRoom(a: Placed, b: Placed): boolean {
  return Boolean(a.room) && a.room === b.room;
}
