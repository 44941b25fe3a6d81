/** Fields that a server takes and never gives back: they stay in the memory of the page they were typed on. */
import type { Channel, Protocol } from "./protocol.js";

/** The names of the write-only fields that have a value here. */
export function writeOnlyIn(protocol: Protocol, channel: Channel, data: object): readonly string[] {
  const fields = protocol.writeOnly[channel] ?? [];
  return fields.filter((field) => ![undefined, null, ""].includes(valueOf(data, field)));
}

/** The same without its write-only fields; the object itself if it has none. */
export function withoutWriteOnly<T extends object>(
  protocol: Protocol,
  channel: Channel,
  data: T,
): T {
  const fields = protocol.writeOnly[channel] ?? [];
  if (!fields.some((field) => field in data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([field]) => !fields.includes(field))) as T;
}

function valueOf(data: object, field: string): string | null | undefined {
  return (data as Record<string, string | null | undefined>)[field];
}
