/** What is odd about a row: its form in the file, and other rows that are about the same. Pure. */
import type { Problem } from "./draft";
import { nounOf } from "./draft";
import { slotKey } from "./matches";
import { tidy } from "./names";
import type { Cells, Sheet } from "./sheet";
import type { Line } from "./table";
import { texts } from "./texts";

interface Row {
  readonly sheet: Sheet;
  readonly line: Line;
  readonly cells: Cells;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The id of the record that it is about; undefined for a new one. */
  readonly record: number | undefined;
  readonly hasErrors: boolean;
}

export class Problems {
  /** The first row that is about a record, or makes one of a name. */
  readonly #seen = new Map<string, string>();

  /** All but those of which somebody has said that they are meant. */
  of(row: Row): Problem[] {
    const { sheet, line } = row;
    const problems = [...formOf(row), ...this.#repeated(row)];
    return problems.filter(({ mayBeMeant }) => !mayBeMeant || !sheet.accepted.has(line.number));
  }

  #repeated({ sheet, line, cells, fields, record }: Row): Problem[] {
    const { channel } = sheet.columns;
    const noun = nounOf(channel);
    const where = texts.rowOf(line.number, sheet.name);
    if (record !== undefined) {
      const first = this.#first(`${channel} ${record}`, where);
      const text = texts.sameRecord(first ?? "", noun);
      return first === null ? [] : [{ text, mayBeMeant: false }];
    }
    const isClass = channel === "schedules";
    const isWhole = ["day", "hour", "coach", "workout_plan"].every((field) => field in fields);
    const name = isClass ? (isWhole ? slotKey(fields) : "") : tidy(cells["name"] ?? "");
    const first = name === "" ? null : this.#first(`${channel}: ${name}`, where);
    const text = isClass ? texts.sameClass(first ?? "") : texts.sameName(first ?? "", noun);
    return first === null ? [] : [{ text, mayBeMeant: true }];
  }

  /** The row that was the first of its kind; null if it is this one. */
  #first(kind: string, where: string): string | null {
    const known = this.#seen.get(kind);
    if (known !== undefined) return known;
    this.#seen.set(kind, where);
    return null;
  }
}

function formOf({ sheet, line, hasErrors }: Row): Problem[] {
  const width = sheet.columns.fields.length;
  const isShort = hasErrors && line.cells.length < width && !sheet.edits.has(line.number);
  const flaws = [
    line.flaw,
    line.isCut && texts.endsWithin,
    !line.isCut && isShort && texts.tooFewCells(line.cells.length, width),
  ];
  return flaws.flatMap((text) => (text ? [{ text, mayBeMeant: true }] : []));
}
