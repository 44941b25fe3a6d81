/** The pages of records, by channel: what links to a record asks here. */
import type { AnyRecord, Channel } from "@spotter/realtime";
import { protocol } from "../../served";
import { sayDate, sayDay } from "../base/dates";
import type { LocalDate } from "../base/dates";
import { clock } from "../base/time";
import type { Day } from "../base/time";
import { texts } from "./texts";

export interface RecordLink {
  path: string;
  label: string;
}

/** What is said of each channel; `make` is for a resource that this client has no page for. */
function ofEach<T>(
  said: { readonly [C in Channel]?: T },
  make: (channel: Channel) => T,
): Readonly<Record<Channel, T>> {
  const channels = Object.keys(protocol.singular) as Channel[];
  const all = channels.map((channel) => [channel, said[channel] ?? make(channel)]);
  return Object.fromEntries(all) as Record<Channel, T>;
}

export const paths = ofEach(
  {
    schedules: "/classes",
    coaches: "/coaches",
    workout_plans: "/plans",
    exercise_moves: "/moves",
    exceptions: "/exceptions",
  },
  (channel) => `/records/${channel}`,
);

/** Where all records of a channel are seen; the classes are on the timetable, and what is different on a date. */
export const listPaths: Readonly<Record<Channel, string>> = {
  ...paths,
  schedules: "/",
  exceptions: "/",
};

/** What a record is called; a class goes by its plan, an exception by its date, what has no name by its id. */
export function nameOf(record: AnyRecord): string {
  const { id, name, workout_plan: plan, date }: Named = record;
  return String(name ?? plan?.name ?? (date && sayDate(date)) ?? id);
}

/** "Push Day on Thursday at 08:00": a class by its plan alone could be any of several. */
export function withTime(record: AnyRecord, label: string): string {
  const { day, hour }: Timed = record;
  return day === undefined || hour === undefined
    ? label
    : texts.onDayAt(label, sayDay(day), clock(hour));
}

interface Timed {
  id: number;
  day?: Day;
  hour?: string;
}

interface Named {
  id: number;
  name?: unknown;
  workout_plan?: { name: string } | null;
  date?: LocalDate;
}

/** Where a class is seen on one date; without a class, that day. */
export function datePath(schedule: number | null, date: LocalDate): string {
  return schedule === null ? `/days/${date}` : `${paths.schedules}/${schedule}/${date}`;
}

export function recordPath(channel: Channel, id: number): string {
  return `${paths[channel]}/${id}`;
}
