/** Fields that a server takes and never gives back: they stay in the memory of the page they were typed on. */
import { secrets } from "./protocol";
import type { Channel } from "./wire";

const fieldsOf: Partial<Record<Channel, readonly string[]>> = secrets;

/** The names of the secret fields that have a value here. */
export function secretsIn(channel: Channel, data: object): readonly string[] {
  const fields = fieldsOf[channel] ?? [];
  return fields.filter((field) => ![undefined, null, ""].includes(valueOf(data, field)));
}

/** The same without its secret fields; the object itself if it has none. */
export function withoutSecrets<T extends object>(channel: Channel, data: T): T {
  const fields = fieldsOf[channel] ?? [];
  if (!fields.some((field) => field in data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([field]) => !fields.includes(field))) as T;
}

function valueOf(data: object, field: string): string | null | undefined {
  return (data as Record<string, string | null | undefined>)[field];
}
