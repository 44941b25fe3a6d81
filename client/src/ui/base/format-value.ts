import { equal } from "@spotter/realtime";
import { isDate, sayDay, sayFullDate } from "./dates";
import { sayLevel } from "./levels";
import { plannedMove } from "./prescription";
import { clock, days } from "./time";
import type { Day } from "./time";
import { texts } from "./texts";

/** The value of a record's field in a few words, "" for nothing. */
export function formatValue(field: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => formatValue(field, item)).join(", ");
  if (typeof value === "boolean") return value ? texts.yes : texts.no;
  if (isTimed(value)) return `${sayDay(value.day)} ${clock(value.hour)}`;
  if (typeof value === "object") return isNamed(value) ? plannedMove(value) : "";
  if (field === "date" && isDate(String(value))) return sayFullDate(String(value));
  if (field === "day") return sayDay(days.find((day) => day === value) ?? "Monday");
  if (field === "minutes") return texts.minutes(Number(value));
  if (field === "difficulty") return sayLevel(String(value));
  return field === "hour" ? clock(String(value)) : String(value);
}

/**
 * Two values of a field in a few words: of two lists of the same records in the same order, only what
 * is said differently of them.
 */
export function formatChange(field: string, from: unknown, to: unknown): [string, string] {
  if (!Array.isArray(from) || !Array.isArray(to) || !equal(idsOf(from), idsOf(to))) {
    return [formatValue(field, from), formatValue(field, to)];
  }
  const changed = (item: unknown, at: number, other: readonly unknown[]) => {
    const numbered = isNamed(item) && { ...item, name: `${at + 1}. ${item.name}` };
    return equal(item, other[at]) ? [] : [numbered || item];
  };
  return [
    formatValue(
      field,
      from.flatMap((item, at) => changed(item, at, to)),
    ),
    formatValue(
      field,
      to.flatMap((item, at) => changed(item, at, from)),
    ),
  ];
}

function isNamed(value: unknown): value is { name: string } {
  return typeof value === "object" && value !== null && "name" in value;
}

function isTimed(value: unknown): value is { day: Day; hour: string } {
  return typeof value === "object" && value !== null && "day" in value && "hour" in value;
}

function idsOf(list: readonly unknown[]): unknown[] {
  return list.map((item) => (item as { id?: unknown } | null)?.id ?? item);
}
