import { texts } from "./texts";

/** What a field of a record is called within a sentence or a list. */
export function fieldName(field: string): string {
  return texts.fields[field] ?? field.replaceAll("_", " ");
}
