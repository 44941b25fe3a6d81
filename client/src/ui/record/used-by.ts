import type { AnyRecord, Channel, Realtime } from "@spotter/realtime";
import type { Schedule, WorkoutPlan } from "../../protocol";
import { clock } from "../base/time";
import { recordPath } from "../shell/navigation";
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
  return (records("schedules") as Schedule[])
    .filter((slot) => (channel === "coaches" ? slot.coach.id : slot.workout_plan.id) === id)
    .slice(0, SHOWN)
    .map((slot) => ({
      path: recordPath("schedules", slot.id),
      label: `${slot.day} ${clock(slot.hour)} ${slot.workout_plan.name}`,
    }));
}
