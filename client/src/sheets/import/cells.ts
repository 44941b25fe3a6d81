/** What the text of a cell means, however people and programs write it. Pure. */
import { days, hourOf } from "../../ui/base/time";
import { timeIn } from "../../ui/base/typed-time";
import type { Day } from "../../ui/base/time";

/**
 * The text of a cell. What would be a formula has an apostrophe before it in the server's tables
 * (docs/http.md): one is taken away, there and nowhere else, so that the text is as it was.
 */
export function plain(cell: string): string {
  return cell
    .replace(/^'(?='*[\t\r])/, "")
    .replace(/(^|[;\t\r\n])'(?='*[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g, "$1")
    .replace(/\r\n?/g, "\n")
    .normalize("NFC")
    .trim();
}

/** The time of day as the server writes it ("900"); null for what is none. */
export function hourIn(text: string): string | null {
  const fraction = /^0[.,]\d+$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
  // A cell that was formatted as a number: a part of a day.
  if (!Number.isNaN(fraction)) return hourOf(Math.round(fraction * 24 * 60));
  return timeIn(text);
}

const read = new Map<string, Day | null>();

/** The day, by its name or the beginning of it, in English and the reader's languages. */
export function dayIn(text: string, languages: readonly string[] = []): Day | null {
  const key = [text, ...languages].join(" ");
  const known = read.get(key);
  if (known !== undefined) return known;
  if (read.size > 1_000) read.clear();
  const found = dayCalled(text.toLowerCase().replace(/\.$/, ""), languages);
  read.set(key, found);
  return found;
}

function dayCalled(said: string, languages: readonly string[]): Day | null {
  if (said.length < 2) return null;
  for (const language of ["en", ...languages].filter(isLanguage)) {
    const found = days.filter((_day, at) => nameOfDay(at, language).startsWith(said));
    if (found.length === 1) return found[0] ?? null;
  }
  return null;
}

/** Browsers name some that are none. */
function isLanguage(language: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}

const names = new Map<string, string>();

function nameOfDay(day: number, language: string): string {
  const key = `${language} ${day}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  // The first day of 2024 was a Monday.
  const name = format.format(Date.UTC(2024, 0, 1 + day)).toLowerCase();
  names.set(key, name);
  return name;
}

/** Digits of a whole number that a program wrote as a fraction, or a person with a unit; else the text. */
export function digitsIn(text: string): string {
  return /^(\d+)(?:[.,]0+)?(?: ?(?:min|minutes|years|s|sets))?$/i.exec(text)?.[1] ?? text;
}

/** The items of a list: between semicolons or on lines of their own, in quotation marks if they have such. */
export function itemsIn(text: string): string[] {
  if (text === "") return [];
  const items: string[] = [];
  for (let at = 0; at <= text.length;) {
    const quoted = quotedAt(text, at);
    const end = quoted?.end ?? separatorAfter(text, at);
    items.push(quoted?.item ?? text.slice(at, end).trim());
    at = end + 1;
  }
  return items;
}

/** The item in quotation marks that begins here, and where it ends; undefined if these are part of the text. */
function quotedAt(text: string, at: number): { item: string; end: number } | undefined {
  const begin = text[at] === " " ? at + 1 : at;
  if (text[begin] !== '"') return undefined;
  let close = text.indexOf('"', begin + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const end = separatorAfter(text, close + 1);
  if (close < 0 || text.slice(close + 1, end).trim() !== "") return undefined;
  return { item: text.slice(begin + 1, close).replaceAll('""', '"'), end };
}

function separatorAfter(text: string, at: number): number {
  for (let end = at; end < text.length; end += 1) {
    if (text[end] === ";" || text[end] === "\n") return end;
  }
  return text.length;
}

/** The cell of a list. */
export function cellOf(items: readonly string[]): string {
  return items
    .map((item) => (/[;"\n]/.test(item) ? `"${item.replaceAll('"', '""')}"` : item))
    .join("; ");
}
