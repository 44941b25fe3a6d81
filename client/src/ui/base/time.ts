import type { Schedule } from "../../protocol";

export const days = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const satisfies Schedule["day"][];

export type Day = Schedule["day"];

/** Minutes since midnight of an hour as the server writes it ("900", "1830"). */
export function minutesOf(hour: string): number {
  const digits = hour.padStart(4, "0");
  return Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
}

/** The hour as the server writes it. */
export function hourOf(minutes: number): string {
  return String(Math.floor(minutes / 60) * 100 + (minutes % 60));
}

/** "900" as people read it: "09:00". */
export function clock(hour: string): string {
  const digits = hour.padStart(4, "0");
  return `${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** How long ago, in the words of the reader's language. */
export function ago(at: number, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) < 60) return format.format(seconds, "second");
  if (Math.abs(seconds) < 3600) return format.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.round(seconds / 86_400), "day");
}

export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}
