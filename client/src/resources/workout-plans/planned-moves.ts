/** The moves of a plan while they are edited: what is typed of each, and what that means. Pure. */
import type { ExerciseMove } from "../../protocol";
import type { PlannedMove } from "../../ui/base/prescription";
import { integer, text } from "../../ui/form/rules";
import type { Rule } from "../../ui/form/rules";
import { texts } from "./texts";

export type Cell = "sets" | "reps" | "rest" | "notes";

/** A move of the form's plan. What cannot be a value (yet) is held as it was typed. */
export type Row = ExerciseMove & { readonly [C in Cell]?: PlannedMove[C] | string };

export const cells: readonly Cell[] = ["sets", "reps", "rest", "notes"];

const rules: Readonly<Record<Cell, Rule>> = {
  sets: (value) => optional(value, integer(1, 100)),
  reps: text(1, 20, { optional: true }),
  rest: (value) => {
    const seconds = secondsOf(value);
    return Number.isNaN(seconds) ? texts.restFormat : optional(seconds, integer(0, 3600));
  },
  notes: text(1, 200, { optional: true }),
};

/** A move that is put into a plan, with nothing prescribed yet. */
export function planned(move: ExerciseMove): Row {
  return { ...move, sets: null, reps: "", rest: null, notes: "" };
}

/** What the input of a cell holds. */
export function textIn(row: Row, cell: Cell): string {
  return String(row[cell] ?? "");
}

/** The row with this typed into a cell: digits are a number at once, so that 3 is 3 as it was before. */
export function withTyped(row: Row, cell: Cell, typed: string): Row {
  if (cell === "reps" || cell === "notes") return { ...row, [cell]: typed };
  if (typed === "") return { ...row, [cell]: null };
  return { ...row, [cell]: /^\d{1,6}$/.test(typed) ? Number(typed) : typed };
}

/** The row as it goes to the server: without white space around what was typed, and 1:30 as 90. */
export function tidied(row: Row): Row {
  const changes = cells
    .filter((cell) => row[cell] !== undefined && wrongIn(row, cell) === null)
    .map((cell) => [cell, tidiedIn(row, cell)] as const);
  return { ...row, ...Object.fromEntries(changes) };
}

function tidiedIn(row: Row, cell: Cell): string | number | null {
  const typed = textIn(row, cell).trim();
  if (cell === "reps" || cell === "notes") return typed;
  return cell === "rest" ? secondsOf(typed) : optional(typed, Number);
}

/** What is wrong with a cell; null for one that may go to the server. */
export function wrongIn(row: Row, cell: Cell): string | null {
  return rules[cell](row[cell]);
}

/** The first cell that is wrong, and where: "3. Lunge, Sets: Must be a whole number." */
export function firstWrong(rows: readonly Row[]): string | null {
  for (const [at, row] of rows.entries()) {
    for (const cell of cells) {
      const message = wrongIn(row, cell);
      if (message !== null) return texts.wrongCell(at + 1, row.name, texts.columns[cell], message);
    }
  }
  return null;
}

/** A key for each row: the move's id, and which time it occurs, since a plan may repeat a move. */
export function keysOf(rows: readonly { id: number }[]): string[] {
  const seen = new Map<number, number>();
  return rows.map(({ id }) => {
    const time = (seen.get(id) ?? 0) + 1;
    seen.set(id, time);
    return `${id}/${time}`;
  });
}

/** Seconds from "90", "90 s", "1:30", "2 min", "1 min 30 s"; null for nothing, NaN for anything else. */
function secondsOf(value: unknown): number | null {
  const typed = String(value ?? "").trim();
  if (typed === "") return null;
  const time = /^(?:(\d{1,3}) *(?::|m(?:in)?\b) *)?(\d{1,6})? *s?$/i.exec(typed);
  if (!time) return Number.NaN;
  return Number(time[1] ?? 0) * 60 + Number(time[2] ?? (time[1] ? 0 : Number.NaN));
}

function optional<T>(value: unknown, otherwise: (value: unknown) => T): T | null {
  return value === null || value === undefined || value === "" ? null : otherwise(value);
}
