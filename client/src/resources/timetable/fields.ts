import { timeIn } from "../../ui/base/typed-time";
import type { Schedule } from "../../protocol";
import { clock } from "../../ui/base/time";
import { chosen, integer, text } from "../../ui/form/rules";
import type { Values } from "../../ui/form/use-record-form";
import { dialogTexts } from "./dialog-texts";

export const rules = {
  day: chosen,
  hour: (value: unknown) =>
    timeIn(String(value)) === null ? dialogTexts.time(clock("900")) : null,
  workout_plan: (value: unknown) => chosen((value as { id?: number } | null)?.id),
  coach: (value: unknown) => chosen((value as { id?: number } | null)?.id),
  minutes: integer(5, 480),
  room: text(0, 40, { optional: true }),
  capacity: (value: unknown) => (value === "" ? null : integer(1, 1000)(value)),
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
    minutes: String(slot?.minutes ?? 60),
    room: slot?.room ?? "",
    capacity: typeof slot?.capacity === "number" ? String(slot.capacity) : "",
  };
}

export function toData(field: string, value: unknown): unknown {
  if (field === "minutes") return Number(value);
  if (field === "capacity") return value === "" ? null : Number(value);
  if (field !== "hour") return value;
  return timeIn(String(value));
}

export function describe(_field: string, value: unknown): string {
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name);
  return value ? String(value) : dialogTexts.empty;
}
