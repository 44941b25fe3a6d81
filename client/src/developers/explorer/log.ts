import { texts } from "../texts";

/** What has arrived, newest first. Old lines go when there are too many. */

export const MOST = 200;

export interface Line {
  id: number;
  at: Date;
  namespace: string;
  event: string;
  payload: unknown;
}

let lines = 0;

export function added(log: readonly Line[], line: Omit<Line, "id" | "at">): readonly Line[] {
  lines += 1;
  return [{ ...line, id: lines, at: new Date() }, ...log].slice(0, MOST);
}

/** The lines of events whose names have this text in them. */
export function filtered(log: readonly Line[], text: string): readonly Line[] {
  const wanted = text.trim().toLowerCase();
  return log.filter(({ event }) => event.toLowerCase().includes(wanted));
}

/** A payload in a few words. */
export function brief(payload: unknown): string {
  if (Array.isArray(payload)) return texts.inAList(payload.length);
  if (typeof payload === "object" && payload !== null)
    return `{${Object.keys(payload).join(", ")}}`;
  return JSON.stringify(payload) ?? texts.kinds.nothing;
}

/** As many characters of a payload are shown. */
const SHOWN = 20_000;

export function written(payload: unknown): string {
  const text = JSON.stringify(payload, null, 2) ?? "undefined";
  return text.length <= SHOWN
    ? text
    : `${text.slice(0, SHOWN)}\n${texts.furtherCharacters(text.length - SHOWN)}`;
}
