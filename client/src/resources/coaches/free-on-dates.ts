/** Who is free when classes take place on dates, by what is given then: substitutions count. Pure. */
import type { Coach, Schedule } from "../../protocol";
import { addDays, sayDate, sayDay } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { grouped } from "../../ui/base/grouped";
import { clock, minutesOf } from "../../ui/base/time";
import type { Exceptions } from "../timetable/exceptions";
import { occurrencesOn, takesPlace } from "../timetable/occurrences";
import type { Occurrence } from "../timetable/occurrences";
import { lengthOf } from "../timetable/week";
import { freeFirst, listed } from "./hand-over";
import { texts } from "./texts";

/** What takes place, by date. */
export type Agenda = ReadonlyMap<LocalDate, readonly Occurrence[]>;

export interface DatedCandidate {
  readonly coach: Coach;
  /** What the coach gives at these times already, earliest first. */
  readonly busy: readonly Occurrence[];
  /** Which of those to be given away are given by the coach already. */
  readonly own: readonly Occurrence[];
}

const DAY = 1440;

/** What takes place on these consecutive dates, and on the days before and after. */
export function agendaOf(
  dates: readonly LocalDate[],
  classes: readonly Schedule[],
  exceptions: Exceptions,
): Agenda {
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return new Map();
  const all = [addDays(first, -1), ...dates, addDays(last, 1)];
  return new Map(
    all.map((date) => [date, occurrencesOn([date], classes, exceptions).filter(takesPlace)]),
  );
}

/** Every coach but this one, who is free at all these times first, then who is busy least often. */
export function candidatesOn(
  coaches: readonly Coach[],
  away: number,
  wanted: readonly Occurrence[],
  agenda: Agenda,
): DatedCandidate[] {
  const busy = new Map<number, Set<Occurrence>>();
  for (const other of wanted.flatMap((each) => meeting(each, agenda))) {
    const known = busy.get(other.slot.coach.id);
    if (known) known.add(other);
    else busy.set(other.slot.coach.id, new Set([other]));
  }
  return coaches
    .filter(({ id }) => id !== away)
    .map((coach) => ({
      coach,
      busy: [...(busy.get(coach.id) ?? [])],
      own: wanted.filter(({ slot }) => slot.coach.id === coach.id),
    }))
    .toSorted(freeFirst);
}

/** Which of these are at the same time as another of them, so that nobody can teach them all, in words; "" if none are. */
export function sayAtOnceOn(wanted: readonly Occurrence[], agenda: Agenda): string {
  const isWanted = (other: Occurrence) =>
    wanted.some(({ date, usual }) => date === other.date && usual.id === other.usual.id);
  return listed(
    sayEach(wanted.filter((each) => meeting(each, agenda).some(isWanted))),
    texts.atOnce,
  );
}

/** What takes place while this one lasts, across midnight too. */
function meeting({ date, usual }: Occurrence, agenda: Agenda): Occurrence[] {
  const begins = minutesOf(usual.hour);
  const ends = begins + lengthOf(usual);
  return [-1, 0, 1].flatMap((days) =>
    (agenda.get(addDays(date, days)) ?? []).filter(({ usual: other }) => {
      const from = minutesOf(other.hour) + days * DAY;
      return other.id !== usual.id && from < ends && begins < from + lengthOf(other);
    }),
  );
}

/** "teaches Push Day on Monday 30 November 09:30, Spin on Mondays 09:00 (3 dates)"; nothing of who is free. */
export function sayBusyOn({ busy }: Pick<DatedCandidate, "busy">): string {
  return listed(sayEach(busy));
}

/** That, and before it what of the classes to be given away is the coach's already. */
export function sayTimesOn({ own, busy }: Pick<DatedCandidate, "own" | "busy">): string {
  const isInTheWay = ({ date, usual }: Occurrence) =>
    busy.some((each) => each.date === date && each.usual.id === usual.id);
  const others = own.filter((each) => !isInTheWay(each));
  return [listed(sayEach(others), texts.givesAlready), sayBusyOn({ busy })]
    .filter(Boolean)
    .join(", ");
}

function sayEach(occurrences: readonly Occurrence[]): string[] {
  return [...grouped(occurrences, ({ usual }) => usual.id).values()].map(sayDates);
}

function sayDates(occurrences: readonly Occurrence[]): string {
  const [first] = occurrences;
  if (first === undefined) return "";
  const { workout_plan: plan, day, hour } = first.usual;
  return occurrences.length === 1
    ? texts.planOn(plan.name, sayDate(first.date), clock(hour))
    : texts.planOnDays(plan.name, sayDay(day), clock(hour), occurrences.length);
}
