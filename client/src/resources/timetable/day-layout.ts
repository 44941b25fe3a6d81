/** Where the classes of a day are drawn: as long as they last, side by side where they overlap. Pure. */
import type { Schedule } from "../../protocol";
import { addDays, dayOf } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { minutesOf } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import { sameOccurrence } from "./occurrences";
import type { Occurrence } from "./occurrences";
import { lengthOf } from "./week";

const DAY = 1440;
/** A class is drawn as if it lasted so long at least: a shorter one could not be read. */
export const SHORTEST = 20;

interface Span {
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
}

/** A class on a date, or what of it lies on the day after. */
export interface Piece extends Span {
  readonly occurrence: Occurrence;
  /** Where it lies. */
  readonly date: LocalDate;
  /** Whether it began the day before. */
  readonly continued: boolean;
}

export interface Drawn extends Piece {
  /** Its column, from 0, of so many that lie side by side there. */
  readonly column: number;
  readonly columns: number;
}

export interface Layout {
  /** By day, earliest first. */
  readonly byDay: ReadonlyMap<Day, readonly Drawn[]>;
  /** The most classes side by side on a day, 1 for an empty one. */
  readonly columns: ReadonlyMap<Day, number>;
}

/** A class that ends after midnight is in two, of which the second lies on the day after. */
function spansOf(slot: Schedule): Span[] {
  const from = minutesOf(slot.hour);
  const to = from + lengthOf(slot);
  if (to <= DAY) return [{ from, to }];
  return [
    { from, to: DAY },
    { from: 0, to: to - DAY },
  ];
}

export function piecesOf(occurrence: Occurrence): Piece[] {
  return spansOf(occurrence.slot).map((span, at) => ({
    ...span,
    occurrence,
    date: addDays(occurrence.date, at),
    continued: at > 0,
  }));
}

/** These dates of one week. */
export function layOut(dates: readonly LocalDate[], seen: readonly Occurrence[]): Layout {
  const byDay = new Map<Day, Drawn[]>();
  const columns = new Map<Day, number>();
  const pieces = seen.flatMap(piecesOf);
  for (const date of dates) {
    const day = dayOf(date);
    const there = pieces.filter((piece) => piece.date === date);
    const drawn = inColumns(there);
    byDay.set(day, drawn);
    columns.set(
      day,
      drawn.reduce((most, each) => Math.max(most, each.columns), 1),
    );
  }
  return { byDay, columns };
}

/** Each piece in the first column that is free; those that touch one another share the width. */
export function inColumns(pieces: readonly Piece[]): Drawn[] {
  const sorted = pieces.toSorted(
    (a, b) => a.from - b.from || b.to - a.to || a.occurrence.usual.id - b.occurrence.usual.id,
  );
  const drawn: Drawn[] = [];
  let together: { piece: Piece; column: number }[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const { piece, column } of together)
      drawn.push({ ...piece, column, columns: ends.length });
    together = [];
    ends = [];
  };
  for (const piece of sorted) {
    if (ends.every((end) => end <= piece.from)) close();
    const free = ends.findIndex((end) => end <= piece.from);
    const column = free === -1 ? ends.length : free;
    ends[column] = Math.max(piece.to, piece.from + SHORTEST);
    together.push({ piece, column });
  }
  close();
  return drawn;
}

/** Whether both are drawn alike. */
export function samePiece(a: Drawn, b: Drawn | undefined): boolean {
  return (
    b !== undefined &&
    sameOccurrence(a.occurrence, b.occurrence) &&
    a.from === b.from &&
    a.to === b.to &&
    a.column === b.column &&
    a.columns === b.columns
  );
}
