import type { LocalDate } from "./dates";
import { locale, plainSpaces } from "./locale";
import { days } from "./weekdays";
import type { Day } from "./weekdays";

export { days };
export type { Day };

/** Minutes since midnight of an hour as the server writes it ("900", "1830"). */
export function minutesOf(hour: string): number {
  const digits = hour.padStart(4, "0");
  return Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
}

/** The hour as the server writes it. */
export function hourOf(minutes: number): string {
  return String(Math.floor(minutes / 60) * 100 + (minutes % 60));
}

/** The server's "900" on the reader's clock: "09:00", "9:00 AM". */
export function clock(hour: string): string {
  return clockAt(minutesOf(hour));
}

/** The day of a moment on the reader's clock: "2026-12-31". */
export function dayAt(moment: number | Date): LocalDate {
  const at = new Date(moment);
  const part = (number: number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
}

/** A full hour beside the rows of a day: "09:00", and "9 AM", which is all that there is room for. */
export function fullHour(hour: number): string {
  const { twelveHours, date } = locale();
  if (!twelveHours) return clockAt(hour * 60);
  const format = date({ hour: "numeric", hourCycle: "h12", timeZone: "UTC" });
  return plainSpaces(format.format(Date.UTC(1970, 0, 1, hour)));
}

const written = new Map<string, string>();

/** So many minutes after midnight on the reader's clock. */
export function clockAt(minutes: number): string {
  const { tag, twelveHours } = locale();
  const key = `${tag} ${twelveHours} ${minutes}`;
  const known = written.get(key) ?? inZone(Date.UTC(1970, 0, 1, 0, minutes), "UTC");
  written.set(key, known);
  return known;
}

/** A moment as a time of day where the reader is. */
export function timeOfDay(at: number): string {
  return inZone(at, undefined);
}

function inZone(at: number, timeZone: string | undefined): string {
  const { twelveHours, date } = locale();
  const zone = timeZone === undefined ? {} : { timeZone };
  const options: Intl.DateTimeFormatOptions = twelveHours
    ? { hour: "numeric", minute: "2-digit", hourCycle: "h12", ...zone }
    : { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone };
  const text = plainSpaces(date(options).format(at));
  // Some languages leave the zero away that the other times of a column have.
  return twelveHours ? text : text.padStart(5, "0");
}

/** Day and time of a moment where the reader is, in full. */
export function fullMoment(at: number): string {
  const day = plainSpaces(locale().date({ dateStyle: "full" }).format(at));
  return `${day}, ${timeOfDay(at)}`;
}

/** How long ago, in words. */
export function ago(at: number, now = Date.now()): string {
  const { relative } = locale();
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) < 60) return relative.format(seconds, "second");
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), "hour");
  return relative.format(Math.round(seconds / 86_400), "day");
}
