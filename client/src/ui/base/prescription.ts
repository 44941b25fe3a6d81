/** What is to be done of a move in a plan, in the words in which trainers write it. Pure. */
import type { WorkoutPlan } from "../../protocol";
import { texts } from "./texts";

export type PlannedMove = WorkoutPlan["exercise_moves"][number];
/** Records kept by an earlier version of this page have none of it. */
export type Prescription = Partial<Pick<PlannedMove, "sets" | "reps" | "rest" | "notes">>;

/** How often, and how much each time: "3 × 8-10", "3 sets", "AMRAP". */
export function work({ sets, reps }: Prescription): string {
  if (sets === null || sets === undefined) return reps ?? "";
  if (reps) return `${sets} × ${reps}`;
  return texts.sets(sets);
}

/** Seconds between two sets: "90 s", "2 min", "2:30 min". */
export function pause(rest: number | null | undefined): string {
  if (rest === null || rest === undefined) return "";
  if (rest === 0) return texts.none;
  if (rest < 120) return texts.seconds(rest);
  const odd = rest % 60;
  const whole = `${Math.floor(rest / 60)}`;
  return texts.minutes(odd === 0 ? whole : `${whole}:${String(odd).padStart(2, "0")}`);
}

/** All of it in one line: "3 × 8-10, rest 90 s, Slowly on the way up." */
export function prescribed(planned: Prescription): string {
  const rest = planned.rest === 0 ? texts.noRest : texts.rest(pause(planned.rest));
  return [work(planned), planned.rest == null ? "" : rest, planned.notes]
    .filter(Boolean)
    .join(", ");
}

/** A move of a plan with what is to be done of it: "Back Squat (5 × 5, rest 3 min)". */
export function plannedMove(planned: Prescription & { name: string }): string {
  const what = prescribed(planned);
  return what === "" ? planned.name : `${planned.name} (${what})`;
}
