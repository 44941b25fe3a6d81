/** What the form of a class suggests. Pure. */
import type { Schedule } from "../../protocol";

/** Usual lengths in minutes; others can be typed. */
export const lengths = ["30", "45", "60", "75", "90", "120"];

/** The rooms that classes are in, by name. */
export function roomsOf(classes: readonly Pick<Schedule, "room">[]): string[] {
  const rooms = new Set(classes.map(({ room }) => room).filter(Boolean));
  return [...rooms].toSorted((a, b) => a.localeCompare(b));
}
