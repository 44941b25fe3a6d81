import type { AnyRecord, Channel, Realtime } from "@spotter/realtime";
import type { Exception, Schedule, WorkoutPlan } from "../../protocol";
import { sayFullDate } from "../base/dates";
import { sayTime } from "../shell/labels";
import { datePath, recordPath } from "../shell/navigation";
import type { RecordLink } from "../shell/navigation";

const SHOWN = 5;

/** Links to the records that use this one, a handful at most. */
export function usedBy(realtime: Realtime, channel: Channel, id: number): RecordLink[] {
  const records = (of: Channel): AnyRecord[] =>
    Array.from(realtime.table(of).get()?.values() ?? [], (entry) => entry.record);
  if (channel === "exercise_moves") {
    return (records("workout_plans") as WorkoutPlan[])
      .filter((plan) => plan.exercise_moves.some((move) => move.id === id))
      .slice(0, SHOWN)
      .map((plan) => ({ path: recordPath("workout_plans", plan.id), label: plan.name }));
  }
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
  return [...classes, ...dates].slice(0, SHOWN);
}
