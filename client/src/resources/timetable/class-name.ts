import { sayDay } from "../../ui/base/dates";
import { sayTime } from "../../ui/shell/labels";
import type { Schedule } from "../../protocol";
import { clock } from "../../ui/base/time";
import { texts } from "./texts";

/** A class as it is named to those who do not see where it stands. */
export function nameOf(slot: Schedule): string {
  return `${slot.workout_plan.name}, ${sayTime(slot.day, slot.hour)}, ${slot.coach.name}`;
}

/** "Push Day, Thursday at 08:00" */
export function sayPlaced({ workout_plan, day, hour }: Schedule): string {
  return texts.dayAt(workout_plan.name, sayDay(day), clock(hour));
}
