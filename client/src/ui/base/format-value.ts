import { clock } from "./time";

/** The value of a record's field in a few words, "" for nothing. */
export function formatValue(field: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => formatValue(field, item)).join(", ");
  if (typeof value === "object") return "name" in value ? String(value.name) : "";
  return field === "hour" ? clock(String(value)) : String(value);
}
