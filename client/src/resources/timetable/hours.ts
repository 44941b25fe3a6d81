/** Which hours of the day the grid shows, and which are folded up. Pure. */
import { dayOf } from "../../ui/base/dates";
import type { Piece } from "./day-layout";
import { slotKey } from "./week";

/** An hour of the grid, or several in which no class is. */
export type Part =
  | { readonly type: "hour"; readonly row: number }
  | { readonly type: "band"; readonly from: number; readonly to: number };

const HOURS = 24;
/** A gym's usual day, for a week that has no class yet. */
const USUAL = { from: 6, to: 22 } as const;

/** The hours in which one of these is. */
export function hoursUsed(pieces: readonly Pick<Piece, "from" | "to">[]): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { from, to } of pieces) {
    for (let row = Math.floor(from / 60); row < to / 60; row += 1) used.add(row);
  }
  return used;
}

/** The days and hours in which one of these is, by the names of their places. */
export function slotsUsed(pieces: readonly Pick<Piece, "from" | "to" | "date">[]) {
  const used = new Set<string>();
  for (const piece of pieces) {
    const day = dayOf(piece.date);
    for (const row of hoursUsed([piece])) used.add(slotKey({ day, row }));
  }
  return used as ReadonlySet<string>;
}

export function usualHours(): ReadonlySet<number> {
  return new Set(Array.from({ length: USUAL.to - USUAL.from }, (_, at) => USUAL.from + at));
}

/** The whole day: each hour that is used, and the bands between them with those that are opened. */
export function partsOf(used: ReadonlySet<number>, opened: ReadonlySet<number>): Part[] {
  const parts: Part[] = [];
  for (let row = 0; row < HOURS;) {
    if (used.has(row)) {
      parts.push({ type: "hour", row });
      row += 1;
      continue;
    }
    const from = row;
    while (row < HOURS && !used.has(row)) row += 1;
    parts.push({ type: "band", from, to: row });
    for (let hour = from; hour < row; hour += 1) {
      if (opened.has(hour)) parts.push({ type: "hour", row: hour });
    }
  }
  return parts;
}

/** The hours of a band. */
export function hoursIn({ from, to }: { from: number; to: number }): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** The rows that are there, from the earliest. */
export function rowsOf(parts: readonly Part[]): readonly number[] {
  return parts.flatMap((part) => (part.type === "hour" ? [part.row] : []));
}
