/** A coach who is away between two dates: which classes that concerns, and what is written for them. Pure. */
import type { Edit } from "@spotter/realtime";
import type { Schedule } from "../../protocol";
import { addDays, datesBetween, isDate, sayDate, sayFullDate } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { minutesOf } from "../../ui/base/time";
import type { Exceptions } from "../timetable/exceptions";
import type { Now } from "../timetable/gym-clock";
import { insteadOf, occurrencesOn } from "../timetable/occurrences";
import type { Occurrence } from "../timetable/occurrences";
import { lengthOf } from "../timetable/week";
import { texts } from "./texts";

export interface Between {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A class on one date that is the coach's, or would be. */
export interface Concerned extends Occurrence {
  /** Of this class on this date, among others. */
  readonly key: string;
  /** Whether it can be given away: what does not take place cannot. */
  readonly stays: boolean;
  /** Whether it is given away unless somebody says otherwise. */
  readonly usually: boolean;
  /** What is different about it; "" if nothing is. */
  readonly note: string;
}

/** All dates of a class that concern the coach. */
export interface ConcernedClass {
  readonly slot: Schedule;
  readonly dates: readonly Concerned[];
}

type Person = Schedule["coach"];

const A_YEAR = 366;
const DEFAULT_DAYS = 7;

export function defaultDates(today: LocalDate): Between {
  return { from: today, to: addDays(today, DEFAULT_DAYS) };
}

/** What is wrong with each of the two, as they were typed. */
export function wrongWith({ from, to }: Between): { from?: string; to?: string } {
  const missing = { from: !isDate(from), to: !isDate(to) };
  if (missing.from || missing.to) {
    return {
      ...(missing.from && { from: texts.chooseFirst }),
      ...(missing.to && { to: texts.chooseLast }),
    };
  }
  if (to < from) return { to: texts.notBefore };
  return to >= addDays(from, A_YEAR) ? { to: texts.withinYear } : {};
}

/** The dates between the two; none if there is something wrong with them. */
export function datesAway(between: Between): readonly LocalDate[] {
  const isWrong = Object.keys(wrongWith(between)).length > 0;
  return isWrong ? [] : datesBetween(between.from, between.to);
}

/** The classes on these dates that the coach gives, or would if nothing were different; earliest first. */
export function concerned(
  coach: number,
  dates: readonly LocalDate[],
  classes: readonly Schedule[],
  exceptions: Exceptions,
  now: Now,
): ConcernedClass[] {
  const found = new Map<number, { slot: Schedule; dates: Concerned[] }>();
  for (const each of occurrencesOn(dates, classes, exceptions).toSorted(byTime)) {
    if (each.usual.coach.id !== coach && each.slot.coach.id !== coach) continue;
    const known = found.get(each.usual.id) ?? { slot: each.usual, dates: [] };
    found.set(each.usual.id, known);
    known.dates.push(concern(each, coach, now));
  }
  return [...found.values()];
}

function byTime(a: Occurrence, b: Occurrence): number {
  return (
    a.date.localeCompare(b.date) ||
    minutesOf(a.usual.hour) - minutesOf(b.usual.hour) ||
    a.usual.id - b.usual.id
  );
}

function concern(occurrence: Occurrence, coach: number, now: Now): Concerned {
  const { date, usual, slot, own, closed } = occurrence;
  const instead = insteadOf(occurrence);
  const stays = closed !== null || Boolean(own?.cancelled);
  const isOver = date === now.date && minutesOf(usual.hour) + lengthOf(usual) <= now.minute;
  const isTheirs = slot.coach.id === coach;
  const what = [
    closed ? texts.closed : own?.cancelled && texts.cancelled,
    !stays &&
      instead &&
      (isTheirs ? texts.instead(instead.name) : texts.isGivenBy(slot.coach.name)),
    !stays && isOver && texts.over,
    (closed ?? own)?.note,
  ];
  return {
    ...occurrence,
    key: `${usual.id} ${date}`,
    stays,
    usually: !stays && isTheirs && !isOver,
    note: what.filter(Boolean).join(", "),
  };
}

/** What is written so that this coach gives the class on that date; null if it is so already. */
export function editFor({ date, usual, own }: Occurrence, { id, name }: Person): Edit | null {
  const channel = "exceptions";
  const isUsual = usual.coach.id === id;
  if (own === null) {
    if (isUsual) return null;
    const { day, hour } = usual;
    const schedule = { id: usual.id, day, hour };
    const data = { date, schedule, cancelled: false, coach: { id, name }, note: "" };
    return { channel, kind: "new", data };
  }
  if ((own.coach?.id ?? usual.coach.id) === id) return null;
  if (!isUsual) return { channel, kind: "update", id: own.id, data: { coach: { id, name } } };
  return own.note === ""
    ? { channel, kind: "delete", id: own.id }
    : { channel, kind: "update", id: own.id, data: { coach: null } };
}

/** "from Sunday 29 November to Sunday 6 December", with years if they are two. */
export function sayBetween({ from, to }: Between): string {
  const say = from.slice(0, 4) === to.slice(0, 4) ? sayDate : sayFullDate;
  return from === to ? texts.on(say(from)) : texts.between(say(from), say(to));
}
