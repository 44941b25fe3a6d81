/** Days of the calendar, without a time and a zone: the same one everywhere. */
import { locale, plainSpaces } from "./locale";
import { days } from "./weekdays";
import type { Day } from "./weekdays";

/** YYYY-MM-DD, of the years 1 to 9999. */
export type LocalDate = string;

/** A week by the Monday in it, whatever day it begins with. */
export type Week = LocalDate;

const FIRST_WEEK: Week = "0001-01-01";
const LAST_WEEK: Week = "9999-12-20";

const DAY = 86_400_000;

/** Days since 1 January 1970. They are counted in UTC, where each has 24 hours. */
function numberOf(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

function dateOf(number: number): LocalDate {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** Whether this text is a day that there is. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < FIRST_WEEK) return false;
  const number = numberOf(text);
  return !Number.isNaN(number) && dateOf(number) === text;
}

export function addDays(date: LocalDate, count: number): LocalDate {
  return dateOf(numberOf(date) + count);
}

/** From the first to the last, both included; none if the last is before the first. */
export function datesBetween(first: LocalDate, last: LocalDate): readonly LocalDate[] {
  const from = numberOf(first);
  const count = Math.max(0, numberOf(last) - from + 1);
  return Array.from({ length: count }, (_, at) => dateOf(from + at));
}

export function dayOf(date: LocalDate): Day {
  // The first of 1970 was a Thursday.
  const at = (((numberOf(date) + 3) % 7) + 7) % 7;
  return days[at] ?? "Monday";
}

/** The days of a week in the order in which the reader has them. */
export function daysOfWeek(): readonly Day[] {
  const first = days.indexOf(locale().firstDay);
  return [...days.slice(first), ...days.slice(0, first)];
}

export function weekOf(date: LocalDate): Week {
  return addDays(date, -placeOf(dayOf(date)));
}

/** How many days after the Monday of its week a day is: less than none, if weeks begin before their Monday. */
function placeOf(day: Day): number {
  const order = daysOfWeek();
  return order.indexOf(day) - order.indexOf("Monday");
}

/** Its days, in their order. */
export function datesOf(week: Week): readonly LocalDate[] {
  return daysOfWeek().map((day) => dateIn(week, day));
}

export function dateIn(week: Week, day: Day): LocalDate {
  return addDays(week, placeOf(day));
}

/** The week so many weeks later; null beyond the years of the calendar. */
export function addWeeks(week: Week, count: number): Week | null {
  const from = numberOf(week) + 7 * count;
  return from < numberOf(FIRST_WEEK) || from > numberOf(LAST_WEEK) ? null : dateOf(from);
}

/** As ISO 8601 writes it: "2026-W53". A week is of the year that its Thursday is in. */
export function weekName(week: Week): string {
  const thursday = addDays(week, 3);
  const year = thursday.slice(0, 4);
  const number = Math.floor((numberOf(thursday) - numberOf(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
}

/** The week of this name; null if there is none. */
export function weekNamed(name: string): Week | null {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(name) ?? [];
  if (year === undefined || year === "0000") return null;
  // The fourth of January is always in the first week.
  const fourth = `${year}-01-04`;
  const first = addDays(fourth, -days.indexOf(dayOf(fourth)));
  const week = addWeeks(first, Number(number) - 1);
  return week !== null && weekName(week) === name ? week : null;
}

/** A day as it is called on the page: "Thursday", or "Thu". */
export function sayDay(day: Day, weekday: "long" | "short" = "long"): string {
  // The fifth of January 1970 was a Monday.
  return written({ weekday }).format((4 + days.indexOf(day)) * DAY);
}

/** "24 December" */
export function sayDayOfMonth(date: LocalDate): string {
  return say(date, { day: "numeric", month: "long" });
}

/** "Thursday 24 December" */
export function sayDate(date: LocalDate): string {
  return say(date, { weekday: "long", day: "numeric", month: "long" });
}

/** "Thursday, 24 December 2026" */
export function sayFullDate(date: LocalDate): string {
  return say(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** "21–27 December 2026", "28 December 2026 – 3 January 2027" */
export function sayWeek(week: Week): string {
  const [first = week, ...others] = datesOf(week);
  const [from, until] = [first, others.at(-1) ?? week].map((date) => numberOf(date) * DAY);
  const format = written({ day: "numeric", month: "long", year: "numeric" });
  // Two numbers stand closer than two dates.
  return plainSpaces(format.formatRange(from ?? 0, until ?? 0)).replace(/^(\d+) – (?=\d)/, "$1–");
}

function say(date: LocalDate, options: Intl.DateTimeFormatOptions): string {
  return plainSpaces(written(options).format(numberOf(date) * DAY));
}

function written(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return locale().date({ timeZone: "UTC", ...options });
}
