/** A table that is being imported, and what somebody changed of it. Pure. */
import { plain } from "./cells";
import type { Columns } from "./columns";
import type { Encoding } from "./decode";
import type { Line, Table } from "./table";

export interface Sheet {
  readonly key: string;
  /** The file, or where else it came from. */
  readonly name: string;
  /** Null where it was no file. */
  readonly source: { readonly bytes: Uint8Array; readonly encoding: Encoding } | null;
  readonly table: Table;
  readonly columns: Columns;
  /** What was corrected: by the number of the row, the cells by field. */
  readonly edits: ReadonlyMap<number, Cells>;
  /** Rows that are left out. */
  readonly out: ReadonlySet<number>;
  /** Rows whose oddities are meant. */
  readonly accepted: ReadonlySet<number>;
}

/** Texts by the key of their field. A field that the row does not have is absent. */
export type Cells = Readonly<Record<string, string>>;

/** The rows without the titles. */
export function bodyOf({ table, columns }: Sheet): readonly Line[] {
  return columns.hasTitles ? table.lines.slice(1) : table.lines;
}

/** The cells of a row as they are meant, with what was corrected. */
export function cellsOf({ columns, edits }: Sheet, line: Line): Cells {
  const edit = edits.get(line.number);
  const known = read.get(line);
  if (known && known.columns === columns && known.edit === edit) return known.cells;
  const cells: Record<string, string> = {};
  columns.fields.forEach((key, at) => {
    const cell = line.cells[at];
    if (key !== null && cell !== undefined) cells[key] = plain(cell);
  });
  for (const [key, text] of Object.entries(edit ?? {})) cells[key] = plain(text);
  read.set(line, { columns, edit, cells });
  return cells;
}

/** An edit of one row leaves all others as they were. */
const read = new WeakMap<Line, { columns: Columns; edit: Cells | undefined; cells: Cells }>();

/** Names a row among those of all sheets. */
export function rowKey(sheet: Sheet, line: Line): string {
  return `${sheet.key}:${line.number}`;
}
