/** The pages of records, by channel: what links to a record asks here. */
import type { AnyRecord, Channel } from "@spotter/realtime";

export interface RecordLink {
  path: string;
  label: string;
}

export const paths: Readonly<Record<Channel, string>> = {
  schedules: "/classes",
  coaches: "/coaches",
  workout_plans: "/plans",
  exercise_moves: "/moves",
};

/** Where all records of a channel are seen; the classes are on the timetable. */
export const listPaths: Readonly<Record<Channel, string>> = { ...paths, schedules: "/" };

export const nouns: Readonly<Record<Channel, { one: string; many: string }>> = {
  schedules: { one: "class", many: "classes" },
  coaches: { one: "coach", many: "coaches" },
  workout_plans: { one: "workout plan", many: "workout plans" },
  exercise_moves: { one: "exercise move", many: "exercise moves" },
};

/** What a record is called; a class goes by its plan. */
export function nameOf(record: AnyRecord): string {
  return "name" in record ? record.name : record.workout_plan.name;
}

export function recordPath(channel: Channel, id: number): string {
  return `${paths[channel]}/${id}`;
}
