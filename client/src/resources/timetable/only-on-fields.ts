/** The fields of what is different about a class on one date. Pure. */
import type { Exception, Schedule } from "../../protocol";
import { sayDate } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { chosen, text } from "../../ui/form/rules";
import type { Values } from "../../ui/form/use-record-form";
import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";

/** `coach` is "" while somebody else gives the class, and it is not said yet who. */
export const rules = {
  coach: (value: unknown) => (value === "" ? chosen(value) : null),
  note: text(0, 200, { optional: true }),
};

export type Choice = "usual" | "cancelled" | "substitute";

export const choices: readonly Choice[] = ["usual", "cancelled", "substitute"];

export function choiceOf({ cancelled, coach }: Values): Choice {
  if (cancelled) return "cancelled";
  return coach === null ? "usual" : "substitute";
}

export function chosenBy(choice: Choice): Values {
  return { cancelled: choice === "cancelled", coach: choice === "substitute" ? "" : null };
}

export function toValues(slot: Schedule, date: LocalDate, exception: Exception | null): Values {
  const { id, day, hour } = slot;
  return {
    date,
    schedule: { id, day, hour },
    cancelled: exception?.cancelled ?? false,
    coach: exception?.coach ?? null,
    note: exception?.note ?? "",
  };
}

export function toData(field: string, value: unknown): unknown {
  return field === "note" ? String(value).trim() : value;
}

/** Whether it would be as every week. */
export function isUsual(values: Values): boolean {
  return choiceOf(values) === "usual" && String(values["note"]).trim() === "";
}

export function describe(field: string, value: unknown): string {
  if (field === "cancelled") return value ? texts.cancelled : dialogTexts.takesPlace;
  if (field === "coach") return value ? (value as { name: string }).name : dialogTexts.usualCoach;
  return value ? String(value) : dialogTexts.empty;
}

/** What is said when it is saved. */
export function saySaved(slot: Schedule, date: LocalDate, values: Values): string {
  const name = slot.workout_plan.name;
  const when = sayDate(date);
  switch (choiceOf(values)) {
    case "cancelled":
      return dialogTexts.savedCancelled(name, when);
    case "substitute":
      return dialogTexts.savedGiven(describe("coach", values["coach"]), name, when);
    default:
      return dialogTexts.savedNote(name, when);
  }
}
