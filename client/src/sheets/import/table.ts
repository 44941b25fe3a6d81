/** From text to rows of cells: CSV with commas, semicolons or tabs, and what is copied from a spreadsheet. Pure. */
import Papa from "papaparse";
import { texts } from "./texts";

/** One row as the spreadsheet numbers it, from 1. */
export interface Line {
  readonly number: number;
  readonly cells: readonly string[];
  /** What is odd about it, in a sentence. */
  readonly flaw?: string;
  /** The file ends within it. */
  readonly isCut?: true;
}

const delimiters = [",", ";", "\t"] as const;

export type Delimiter = (typeof delimiters)[number];

export interface Table {
  readonly delimiter: Delimiter;
  /** Without those in which nothing stands. */
  readonly lines: readonly Line[];
}

/** The first line that Excel writes, and hides, to say what stands between cells. */
const SEPARATOR = /^sep=([,;\t])\r?\n/i;

/** `isHeading` tells the titles of columns, by which the delimiter is known if none is said. */
export function read(text: string, isHeading: (cell: string) => boolean, said?: Delimiter): Table {
  const declared = SEPARATOR.exec(text);
  const content = declared ? text.slice(declared[0].length) : text;
  const delimiter =
    said ?? (declared?.[1] as Delimiter | undefined) ?? delimiterOf(content, isHeading);
  const { data, errors } = Papa.parse<string[]>(content, { delimiter });
  const flaws = new Map<number, string>();
  for (const { row, code } of errors) {
    const flaw = row === undefined ? undefined : sayings()[code];
    if (row !== undefined && flaw !== undefined && !flaws.has(row)) flaws.set(row, flaw);
  }
  // The first row that has them says how many cells there are.
  const width = filled(data.find((cells) => filled(cells) > 0) ?? []);
  const ends = /[\r\n]$/.test(content);
  const lines = data.flatMap((cells, at) => {
    if (filled(cells) === 0) return [];
    const flaw = flaws.get(at) ?? tooLong(cells, width);
    const isCut = at === data.length - 1 && !ends && cells.length < width;
    return [
      { number: at + 1, cells, ...(flaw && { flaw }), ...(isCut && { isCut: true as const }) },
    ];
  });
  return { delimiter, lines };
}

const sayings = (): Readonly<Record<string, string>> => ({
  MissingQuotes: texts.openQuote,
  InvalidQuotes: texts.quoteWithin,
});

function tooLong(cells: readonly string[], width: number): string | undefined {
  const count = filled(cells);
  if (count <= width) return undefined;
  return texts.tooManyCells(count, width);
}

/** How many cells there are up to the last one that is not empty. */
function filled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== "") + 1;
}

function delimiterOf(text: string, isHeading: (cell: string) => boolean): Delimiter {
  const scores = delimiters.map((delimiter) => {
    const { data } = Papa.parse<string[]>(text, {
      delimiter,
      preview: 1,
      skipEmptyLines: "greedy",
    });
    return { delimiter, score: data[0]?.filter(isHeading).length ?? 0 };
  });
  const [best] = scores.toSorted((one, other) => other.score - one.score);
  if (best && best.score > 1) return best.delimiter;
  const { meta } = Papa.parse<string[]>(text, {
    preview: 20,
    delimitersToGuess: [...delimiters],
  });
  return delimiters.find((each) => each === meta.delimiter) ?? ",";
}
