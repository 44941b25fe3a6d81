/** From a file, or from what was pasted, to a sheet. Pure. */
import { fieldsOf, guess } from "./columns";
import type { Columns, Known } from "./columns";
import { decode } from "./decode";
import type { Encoding } from "./decode";
import { isTitle } from "./fields";
import type { ImportChannel } from "./fields";
import type { Gym, Target } from "./gym";
import { Names } from "./names";
import type { Sheet } from "./sheet";
import { read } from "./table";
import type { Delimiter } from "./table";

export interface Given {
  readonly key: string;
  readonly name: string;
  readonly content: Uint8Array | string;
}

export interface Reader {
  /** The channel that somebody came from. */
  readonly wish: ImportChannel;
  readonly gym: Gym;
  readonly languages: readonly string[];
}

export function openSheet({ key, name, content }: Given, reader: Reader): Sheet {
  const source = typeof content === "string" ? null : { bytes: content };
  const decoded = source && decode(source.bytes);
  const table = read(decoded?.text ?? (content as string), isTitle);
  return {
    key,
    name,
    source: source && decoded ? { ...source, encoding: decoded.encoding } : null,
    table,
    columns: guess(table.lines, reader.wish, knownOf(reader.gym), reader.languages),
    ...untouched,
  };
}

/** The same file in another encoding, or with other signs between its cells. */
export function openAgain(
  sheet: Sheet,
  said: { encoding?: Encoding; delimiter?: Delimiter },
  reader: Reader,
): Sheet {
  if (sheet.source === null) return sheet;
  const { bytes, encoding: before } = sheet.source;
  const { text, encoding } = decode(bytes, said.encoding ?? before);
  const table = read(text, isTitle, said.delimiter ?? sheet.table.delimiter);
  const columns = guess(table.lines, reader.wish, knownOf(reader.gym), reader.languages);
  return { ...sheet, source: { bytes, encoding }, table, columns, ...untouched };
}

/** The same table read as one of another channel, or with or without titles. */
export function withColumns(
  sheet: Sheet,
  change: Partial<Pick<Columns, "channel" | "hasTitles">>,
  reader: Reader,
): Sheet {
  const { channel, hasTitles } = { ...sheet.columns, ...change };
  const known = knownOf(reader.gym);
  const fields = fieldsOf(sheet.table.lines, channel, hasTitles, known, reader.languages);
  return { ...sheet, columns: { channel, hasTitles, fields }, ...untouched };
}

/** With another field for one column; where another column had it, that one is left out. */
export function withField(sheet: Sheet, column: number, field: string | null): Sheet {
  const fields = sheet.columns.fields.map((key, at) =>
    at === column ? field : key === field ? null : key,
  );
  return { ...sheet, columns: { ...sheet.columns, fields }, ...untouched };
}

const untouched = { edits: new Map(), out: new Set<number>(), accepted: new Set<number>() };

function knownOf(gym: Gym): Known {
  const isOf = (channel: Target) => {
    const names = new Names<number>();
    for (const [id, { record }] of gym[channel]) names.add(record.name, id);
    return (name: string) => names.find(name).kind !== "none";
  };
  return { isCoach: isOf("coaches"), isPlan: isOf("workout_plans") };
}
