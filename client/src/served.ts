/**
 * What the server of this page serves. The page is built for the resources that ./protocol.ts has; a server with others
 * writes them into the page (server/http/served_resources.py), so they are known before anything is drawn.
 */
import type { Channel, Protocol } from "@spotter/realtime";
import { protocol as built } from "./protocol";

export interface Relation {
  readonly channel: Channel;
  readonly many: boolean;
  /** Whether the places of the list have fields of their own. */
  readonly own: boolean;
}

interface Served extends Protocol {
  /** The roles besides admins that may write some of a channel's records. */
  readonly writers: Readonly<Record<string, readonly string[]>>;
  /** Where the fields of a channel refer to. */
  readonly relations: Readonly<Record<string, Readonly<Record<string, Relation>>>>;
  /** The fields that a search looks into. */
  readonly searched: Readonly<Record<string, readonly string[]>>;
}

const withOwnPages: readonly string[] = [
  "coaches",
  "workout_plans",
  "exercise_moves",
  "schedules",
  "exceptions",
];

function inThePage(): Partial<Served> {
  const place = document.querySelector<HTMLMetaElement>("meta[name='resources']");
  return place?.content ? (JSON.parse(place.content) as Partial<Served>) : {};
}

export const protocol: Served = {
  ...built,
  writers: {},
  relations: {},
  searched: {},
  ...inThePage(),
};

export function isServed(channel: string): channel is Channel {
  return Object.hasOwn(protocol.singular, channel);
}

/** Whether a channel has pages that were made for it. */
export function hasOwnPages(channel: string): boolean {
  return withOwnPages.includes(channel);
}

/** Those that the pages of `generic/` are for. */
export const genericChannels = (Object.keys(protocol.singular) as Channel[]).filter(
  (channel) => !hasOwnPages(channel),
);

/** Whether there are too many records to be here whole. */
export function isBig(channel: Channel): boolean {
  return protocol.big?.includes(channel) ?? false;
}
