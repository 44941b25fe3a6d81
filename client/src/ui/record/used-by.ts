import type { AnyRecord, Channel, Realtime } from "@spotter/realtime";
import type { Exception, Schedule, WorkoutPlan } from "../../protocol";
import { hasOwnPages } from "../../served";
import { sayFullDate } from "../base/dates";
import { sayTime } from "../shell/labels";
import { datePath, recordPath } from "../shell/navigation";
import type { RecordLink } from "../shell/navigation";

const SHOWN = 5;

/** The timetable of the classes of one record. */
const filters: Partial<Record<Channel, (id: number) => string>> = {
  coaches: (id) => `/?coach=${id}`,
  workout_plans: (id) => `/?plan=${id}`,
};

/** How many records use this one, links to a handful of them, and where all of them are. */
export function usedBy(
  realtime: Realtime,
  channel: Channel,
  id: number,
): { count: number; links: RecordLink[]; all?: string | undefined } {
  const users = usersOf(realtime, channel, id);
  return { count: users.length, links: users.slice(0, SHOWN), all: filters[channel]?.(id) };
}

function usersOf(realtime: Realtime, channel: Channel, id: number): RecordLink[] {
  const records = (of: Channel): AnyRecord[] =>
    Array.from(realtime.table(of).get()?.values() ?? [], (entry) => entry.record);
  if (channel === "exercise_moves") {
    return (records("workout_plans") as WorkoutPlan[])
      .filter((plan) => plan.exercise_moves.some((move) => move.id === id))
      .map((plan) => ({ path: recordPath("workout_plans", plan.id), label: plan.name }));
  }
  if (!hasOwnPages(channel)) return [];
  const classes = (records("schedules") as Schedule[])
    .filter((slot) => (channel === "coaches" ? slot.coach.id : slot.workout_plan.id) === id)
    .map((slot) => ({
      path: recordPath("schedules", slot.id),
      label: `${sayTime(slot.day, slot.hour)} ${slot.workout_plan.name}`,
    }));
  const dates = (records("exceptions") as Exception[])
    .filter(({ coach }) => channel === "coaches" && coach?.id === id)
    .map(({ schedule, date }) => ({
      path: datePath(schedule?.id ?? null, date),
      label: sayFullDate(date),
    }));
  return [...classes, ...dates];
}
