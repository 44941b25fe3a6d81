/** How records are called that the server names: in the reader's words, and on the reader's clock. */
import type { HistoryEntry } from "@spotter/realtime";
import { dayOf, isDate, sayDate, sayDay } from "../base/dates";
import { clock, days } from "../base/time";
import { texts } from "./texts";

/** "Push Day, Monday 18:00, Maya Lindqvist", or when it is alone. */
const CLASS = /^(.*, )?(\w+) (\d\d):(\d\d)(, .*)?$/;

/** "Monday 18:00": when a class is. */
export function sayTime(day: string, hour: string): string {
  const known = days.find((each) => each === day);
  return `${known ? sayDay(known) : day} ${clock(hour)}`;
}

/** What a changed record is called. */
export function labelOf({ channel, label = "" }: Pick<HistoryEntry, "channel" | "label">): string {
  if (channel === "schedules") return ofClass(label);
  const [date = "", ...rest] = label.split(" ");
  if (channel !== "exceptions" || !isDate(date)) return label;
  const what = rest.join(" ");
  return `${sayDate(date)}, ${what === "closed" ? texts.closed : ofClass(what, dayOf(date))}`;
}

/** After a date its weekday is known. */
function ofClass(label: string, known?: string): string {
  const [, plan = "", day, hours, minutes, coach = ""] = CLASS.exec(label) ?? [];
  if (day === undefined) return label;
  const hour = `${hours}${minutes}`;
  return `${plan}${day === known ? clock(hour) : sayTime(day, hour)}${coach}`;
}
