import { said } from "../ui/base/said";
import { whyNot } from "../ui/base/why-not";
import type { Ack } from "@spotter/realtime";

/** What a refused request says beside each of these fields; what belongs to none of them stands under the first. */
export function refusals(ack: Ack<unknown>, fields: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of fields) {
    const messages: unknown = ack.errors[field];
    if (Array.isArray(messages)) found[field] = (messages as string[]).map(said).join(" ");
  }
  const [first] = fields;
  if (Object.keys(found).length === 0 && first !== undefined) found[first] = whyNot(ack);
  return found;
}
