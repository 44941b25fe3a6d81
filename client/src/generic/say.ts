/** Values of any field in a few words. */
import { isDate, sayFullDate } from "../ui/base/dates";
import { formatValue } from "../ui/base/format-value";
import { texts } from "./texts";

/** "" for nothing. */
export function say(field: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => say(field, one)).join(", ");
  if (typeof value === "string" && isDate(value)) return sayFullDate(value);
  if (typeof value === "object" && value !== null) {
    const { id, name } = value as { id?: unknown; name?: unknown };
    if (typeof name === "string" && name !== "") return name;
    return typeof id === "number" ? texts.record(id) : JSON.stringify(value);
  }
  return formatValue(field, value);
}
