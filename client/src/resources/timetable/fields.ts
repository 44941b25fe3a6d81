import type { Schedule } from "../../protocol";
import { clock } from "../../ui/base/time";
import { chosen } from "../../ui/form/rules";
import type { Values } from "../../ui/form/use-record-form";

export const labels = {
  day: "Day",
  hour: "Time",
  workout_plan: "Workout plan",
  coach: "Coach",
};

export const rules = {
  day: chosen,
  hour: (value: unknown) =>
    /^([01]\d|2[0-3]):[0-5]\d$/.test(String(value)) ? null : "Must be a time, like 09:00.",
  workout_plan: (value: unknown) => chosen((value as { id?: number } | null)?.id),
  coach: (value: unknown) => chosen((value as { id?: number } | null)?.id),
};

/** The inputs hold the coach and the plan as the record embeds them. */
export function toValues(
  slot: { [Field in keyof Schedule]?: Schedule[Field] | undefined } | null,
): Values {
  return {
    day: slot?.day ?? "",
    hour: slot?.hour === undefined ? "" : clock(slot.hour),
    workout_plan: slot?.workout_plan ?? null,
    coach: slot?.coach ?? null,
  };
}

export function toData(field: string, value: unknown): unknown {
  if (field !== "hour") return value;
  return String(Number(String(value).replace(":", "")));
}

export function describe(_field: string, value: unknown): string {
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name);
  return value ? String(value) : "(empty)";
}
