/** What a table is, and which of its columns is which field: a guess, that people correct. Pure. */
import { dayIn, digitsIn, hourIn, plain } from "./cells";
import { isTitle, order, titled } from "./fields";
import type { ImportChannel } from "./fields";
import type { Line } from "./table";

export interface Columns {
  readonly channel: ImportChannel;
  /** Whether the first line has the titles of the columns. */
  readonly hasTitles: boolean;
  /** For each column its field; null if it is left out. */
  readonly fields: readonly (string | null)[];
}

/** Who has these names, of whom a column without a title may be. */
export interface Known {
  readonly isCoach: (name: string) => boolean;
  readonly isPlan: (name: string) => boolean;
}

const LOOKED_AT = 50;

/** `wish` is the channel that somebody came from: it decides where the table leaves it open. */
export function guess(
  lines: readonly Line[],
  wish: ImportChannel,
  known: Known,
  languages: readonly string[] = [],
): Columns {
  const head = lines[0]?.cells ?? [];
  const hasTitles = head.some(isTitle);
  const channel = hasTitles ? channelOf(head, wish) : channelWithin(lines, wish, languages);
  return { channel, hasTitles, fields: fieldsOf(lines, channel, hasTitles, known, languages) };
}

/** The fields of the columns, if the table is of this channel. */
export function fieldsOf(
  lines: readonly Line[],
  channel: ImportChannel,
  hasTitles: boolean,
  known: Known,
  languages: readonly string[] = [],
): (string | null)[] {
  const width = Math.max(0, ...lines.slice(0, LOOKED_AT).map(({ cells }) => cells.length));
  const taken = new Set<string>();
  const found: (string | null)[] = Array.from({ length: width }, (_, at) => {
    const key = hasTitles ? (titled(channel, lines[0]?.cells[at] ?? "")?.key ?? null) : null;
    if (key === null || taken.has(key)) return null;
    taken.add(key);
    return key;
  });
  const body = lines.slice(hasTitles ? 1 : 0).slice(0, LOOKED_AT);
  for (const [key, fits] of contents(channel, known, languages)) {
    if (taken.has(key)) continue;
    const at = found.findIndex((field, column) => field === null && isMostly(body, column, fits));
    if (at < 0) continue;
    found[at] = key;
    taken.add(key);
  }
  return found;
}

function channelOf(head: readonly string[], wish: ImportChannel): ImportChannel {
  const has = (channel: ImportChannel, ...keys: string[]) =>
    head.some((title) => keys.includes(titled(channel, title)?.key ?? ""));
  if (has("schedules", "day") || has("schedules", "hour")) return "schedules";
  const scores = order.map((channel) => {
    const fields = new Set(head.map((title) => titled(channel, title)?.key));
    fields.delete(undefined);
    return { channel, score: fields.size + (channel === wish ? 0.5 : 0) };
  });
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).channel;
}

function channelWithin(
  lines: readonly Line[],
  wish: ImportChannel,
  languages: readonly string[],
): ImportChannel {
  const body = lines.slice(0, LOOKED_AT);
  const columns = (lines[0]?.cells ?? []).map((_, at) => at);
  const isDay = (text: string) => dayIn(text, languages) !== null;
  return columns.some((at) => isMostly(body, at, isDay)) ? "schedules" : wish;
}

type Fits = (text: string) => boolean;

/** By what a column without a title may be known, the surest first. */
function contents(
  channel: ImportChannel,
  known: Known,
  languages: readonly string[],
): readonly (readonly [string, Fits])[] {
  const isText = (text: string) => /\p{L}{2}/u.test(text) && !/^https?:/i.test(text);
  const isNumber = (from: number, to: number) => (text: string) =>
    /^\d{1,4}$/.test(digitsIn(text)) &&
    Number(digitsIn(text)) >= from &&
    Number(digitsIn(text)) <= to;
  const isAddress = (text: string) => /^https?:/i.test(text);
  switch (channel) {
    case "schedules":
      return [
        ["day", (text) => dayIn(text, languages) !== null],
        ["hour", (text) => /^\d{1,2}[:.h]\d\d|^\d{3,4}$/.test(text) && hourIn(text) !== null],
        ["coach_name", known.isCoach],
        ["workout_plan_name", known.isPlan],
      ];
    case "coaches":
      return [
        ["name", isText],
        ["age", isNumber(18, 100)],
        ["picture", isAddress],
      ];
    case "exercise_moves":
      return [
        ["name", isText],
        ["focus", (text) => isText(text) && text.length <= 30],
        ["description", (text) => isText(text) && text.length > 10],
        ["video_link", isAddress],
      ];
    case "workout_plans":
      return [
        ["name", isText],
        ["difficulty", (text) => isText(text) && text.length <= 20],
        ["exercise_moves_name", (text) => /;/.test(text)],
        ["description", (text) => isText(text) && text.length > 10],
      ];
  }
}

function isMostly(lines: readonly Line[], column: number, fits: Fits): boolean {
  const texts = lines.map(({ cells }) => plain(cells[column] ?? "")).filter(Boolean);
  return texts.length > 0 && texts.filter(fits).length >= texts.length * 0.8;
}
