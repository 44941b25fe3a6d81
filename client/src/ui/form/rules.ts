/**
 * The server's rules for fields (server/fields/) in the server's words, so that a form says at
 * once what the server would say later. A rule gives the message for a wrong value, or null.
 */
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
}

/** Text of a length in characters, without the white space around it. */
export function text(min: number, max: number, options: TextOptions = {}): Rule {
  return (value) => {
    const content = trimmed(value);
    const length = Array.from(content).length;
    if (length === 0) return options.optional ? null : "Please fill this in.";
    if ((options.lines ? CONTROL_BUT_LINES : CONTROL).test(content)) {
      return "Must not contain control characters.";
    }
    return length < min || length > max ? `Must have ${min} to ${max} characters.` : null;
  };
}

/** A whole number in a range. */
export function integer(min: number, max: number): Rule {
  return (value) => {
    const content = trimmed(value);
    if (content === "") return "Please fill this in.";
    if (!/^-?\d{1,10}$/.test(content)) return "Must be a whole number.";
    const number = Number(content);
    return number < min || number > max ? `Must be a whole number from ${min} to ${max}.` : null;
  };
}

/** A web address, or nothing. */
export function optionalUrl(value: unknown): string | null {
  const content = trimmed(value);
  if (content === "") return null;
  if (Array.from(content).length > 500) return "Must have at most 500 characters.";
  return /^https?:\/\/\S+$/i.test(content) && URL.canParse(content)
    ? null
    : "Must be a web address that starts with http:// or https://.";
}

/** A password as typed, or nothing. */
export function optionalPassword(value: unknown): string | null {
  const content = typeof value === "string" ? value : "";
  if (content === "") return null;
  if (content.length < 8 || content.length > 200) return "Must have 8 to 200 characters.";
  return CONTROL.test(content) ? "Must not contain control characters." : null;
}

/** A password as typed. */
export function requiredPassword(value: unknown): string | null {
  return value === "" ? "Please fill this in." : optionalPassword(value);
}

export function chosen(value: unknown): string | null {
  return value == null || value === "" ? "Please choose one." : null;
}

/** Text without white space at its ends, and without characters that only look like none. */
function trimmed(value: unknown): string {
  const content = typeof value === "number" ? String(value) : value;
  if (typeof content !== "string") return "";
  return content.replace(/^[\s\u200b\u2060\u180e]+|[\s\u200b\u2060\u180e]+$/g, "");
}
