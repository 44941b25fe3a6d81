import { useSession } from "@spotter/realtime/react";
import type { Channel, Session } from "@spotter/realtime";
import { hasOwnPages, protocol } from "../served";

/** The roles besides admins that may write records; of coaches each only the own. */
export function writers(channel: Channel): readonly string[] {
  return hasOwnPages(channel) ? ["coach"] : (protocol.writers[channel] ?? []);
}

/**
 * Whether whoever is signed in may write a record, so that what would be refused is not offered.
 * The server decides; this only mirrors its rule. `id` is null for a new record.
 */
export function may(session: Session | null, channel: Channel, id: number | null): boolean {
  if (session === null || session.access === "open") return true;
  const { user } = session;
  if (user?.role === "admin") return true;
  if (user === null || !writers(channel).includes(user.role)) return false;
  return channel !== "coaches" || (id !== null && id === user.id);
}

export function useMay(channel: Channel, id: number | null): boolean {
  return may(useSession(), channel, id);
}
