/**
 * The server's rules for fields (server/fields/) so that a form says at
 * once what the server would say later. A rule gives the message for a wrong value, or null.
 */
import { texts } from "./texts";
export type Rule = (value: unknown) => string | null;

// Control characters are what these rules look for.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/u;
// oxlint-disable-next-line no-control-regex
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]/u;

interface TextOptions {
  optional?: boolean;
  /** Line breaks and tabs are allowed. */
  lines?: boolean;
  /** What others have is offered in a list. */
  suggested?: boolean;
}

/** Text of a length in characters, without the white space around it. */
export function text(min: number, max: number, options: TextOptions = {}): Rule {
  return (value) => {
    const content = trimmed(value);
    const length = Array.from(content).length;
    if (length === 0) {
      if (options.optional) return null;
      return options.suggested ? texts.chooseOrType : texts.fillIn;
    }
    if ((options.lines ? CONTROL_BUT_LINES : CONTROL).test(content)) {
      return texts.oddCharacters;
    }
    return length < min || length > max ? texts.length(min, max) : null;
  };
}

/** A whole number in a range. */
export function integer(min: number, max: number): Rule {
  return (value) => {
    const content = trimmed(value);
    if (content === "") return texts.fillIn;
    if (!/^-?\d{1,10}$/.test(content)) return texts.wholeNumber;
    const number = Number(content);
    return number < min || number > max ? texts.range(min, max) : null;
  };
}

/** A web address, or nothing. */
export function optionalUrl(value: unknown): string | null {
  const content = trimmed(value);
  if (content === "") return null;
  if (Array.from(content).length > 500) return texts.atMost(500);
  return /^https?:\/\/\S+$/i.test(content) && URL.canParse(content) ? null : texts.url;
}

/** A password as typed, or nothing. */
export function optionalPassword(value: unknown): string | null {
  const content = typeof value === "string" ? value : "";
  if (content === "") return null;
  if (content.length < 8 || content.length > 200) return texts.length(8, 200);
  return CONTROL.test(content) ? texts.oddCharacters : null;
}

/** A password as typed. */
export function requiredPassword(value: unknown): string | null {
  return value === "" ? texts.fillIn : optionalPassword(value);
}

export function chosen(value: unknown): string | null {
  return value == null || value === "" ? texts.choose : null;
}

/** Text without white space at its ends, and without characters that only look like none. */
function trimmed(value: unknown): string {
  const content = typeof value === "number" ? String(value) : value;
  if (typeof content !== "string") return "";
  return content.replace(/^[\s\u200b\u2060\u180e]+|[\s\u200b\u2060\u180e]+$/g, "");
}
