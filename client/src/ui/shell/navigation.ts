/** The pages of records, by channel: what links to a record asks here. */
import type { AnyRecord, Channel } from "@spotter/realtime";
import { protocol } from "../../protocol";

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

const spoken = (name: string) => name.replaceAll("_", " ");

export const paths = ofEach(
  {
    schedules: "/classes",
    coaches: "/coaches",
    workout_plans: "/plans",
    exercise_moves: "/moves",
  },
  (channel) => `/${channel}`,
);

/** Where all records of a channel are seen; the classes are on the timetable. */
export const listPaths: Readonly<Record<Channel, string>> = { ...paths, schedules: "/" };

export const nouns = ofEach({ schedules: { one: "class", many: "classes" } }, (channel) => ({
  one: spoken(protocol.singular[channel]),
  many: spoken(channel),
}));

/** What a record is called; a class goes by its plan, and what has no name by its id. */
export function nameOf(record: AnyRecord): string {
  const { id, name, workout_plan: plan }: Named = record;
  return String(name ?? plan?.name ?? id);
}

interface Named {
  id: number;
  name?: unknown;
  workout_plan?: { name: string } | null;
}

export function recordPath(channel: Channel, id: number): string {
  return `${paths[channel]}/${id}`;
}
