import type { Errors } from "@spotter/realtime";
import { said } from "../base/said";

/** The server's messages by the form's fields; nested ones end up beside the field they are in. */
export function fieldErrors(errors: Errors, fields: readonly string[]): Record<string, string> {
  const found = fields
    .filter((field) => errors[field] !== undefined)
    .map((field) => [field, flat(errors[field]).map(said).join(" ")]);
  return Object.fromEntries(found) as Record<string, string>;
}

function flat(messages: Errors[string] | undefined): string[] {
  if (messages === undefined) return [];
  if (typeof messages === "string") return [messages];
  if (Array.isArray(messages)) return messages;
  return Object.values(messages).flatMap(flat);
}
