/** Texts and moments as the server compares them: it says so in `server/values` and `server/fields`. Pure. */

const SPACE = "[\\s\\x85\\u180e\\u200b\\u2060]+";
const ENDS = new RegExp(`^${SPACE}|${SPACE}$`, "g");

/** What somebody typed as the server stores it. */
export function normalized(text: string): string {
  return text.replace(ENDS, "").normalize("NFC");
}

/**
 * The one case that all spellings of a text have: Unicode's full case folding, by character. Cherokee alone is
 * folded the other way round, which makes no difference to what equals what.
 */
export function folded(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, foldedCharacter).join("");
}

function foldedCharacter(character: string): string {
  return character === "ı" ? character : character.toLowerCase().toUpperCase().toLowerCase();
}

/** Less than, equal to or greater than 0, by the code points of two texts. */
export function compareTexts(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for characters that come after all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

const MOMENT =
  /^(\d{4}-\d\d-\d\d)?(?:(?:^|[T ])(\d\d:\d\d)(:\d\d)?(\.\d{1,6})?(Z|[-+]\d\d:\d\d)?)?$/;

/** A date, a time or both as the server sends them, in UTC if there is a zone; any other text as it is. */
export function moment(text: string): string {
  const [, day = "", minute, second = ":00", fraction = "", zone] = MOMENT.exec(text) ?? [];
  if (minute === undefined) return text;
  const digits = fraction.padEnd(7, "0");
  const rest = second + (/[1-9]/.test(fraction) ? digits : "");
  if (day === "" || zone === undefined) return (day && `${day}T`) + minute + rest;
  const utc = new Date(`${day}T${minute}${zone}`);
  return Number.isNaN(utc.getTime()) ? text : `${utc.toISOString().slice(0, 16)}${rest}+00:00`;
}

/** Whether a text is a date, a time or both. */
export function isMoment(text: string): boolean {
  return text !== "" && MOMENT.test(text);
}
