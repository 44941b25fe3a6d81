import type { Channel } from "@spotter/realtime";
import { protocol } from "../../served";
import { room } from "../base/language";
import { counted } from "../base/locale";

interface Noun {
  one: string;
  many: string;
}

const nouns: Partial<Record<Channel, Noun>> = {
  schedules: { one: "class", many: "classes" },
  coaches: { one: "coach", many: "coaches" },
  workout_plans: { one: "workout plan", many: "workout plans" },
  exercise_moves: { one: "exercise move", many: "exercise moves" },
  exceptions: { one: "one-off change", many: "one-off changes" },
};

/** A resource that this client has no word for goes by the name that the server has. */
const noun = (channel: Channel): Noun =>
  nouns[channel] ?? {
    one: protocol.singular[channel].replaceAll("_", " "),
    many: channel.replaceAll("_", " "),
  };

const english = {
  one: (channel: Channel) => noun(channel).one,
  many: (channel: Channel) => noun(channel).many,
  /** "12 classes" */
  howMany: (channel: Channel, count: number) => {
    const { one, many } = noun(channel);
    return counted(count, { one, other: many });
  },
  someOf: (channel: Channel, some: number, all: number) =>
    `${some} of ${all} ${noun(channel).many}`,
  the: (channel: Channel, label: string) => `the ${noun(channel).one} ${label}`.trimEnd(),
  /** What is said of one whose name is not known, as the subject of a sentence. */
  subject: (channel: Channel) => `The ${noun(channel).one}`,
  newOne: (channel: Channel) => `New ${noun(channel).one}`,
  newNamed: (channel: Channel, called: string) => `New ${noun(channel).one} "${called}"`,
  /** `name` is "" until it is known. */
  editOne: (channel: Channel, name: string) => `Edit ${name || noun(channel).one}`,
  made: (channel: Channel, label: string) => `New ${noun(channel).one} ${label}`,
  changed: (channel: Channel, label: string) => `Change ${noun(channel).one} ${label}`,
  deleted: (channel: Channel, label: string) => `Delete ${noun(channel).one} ${label}`,
  noneYet: (channel: Channel) => `No ${noun(channel).many} yet`,
  noneNamed: (channel: Channel) => `No ${noun(channel).one} of that name`,
  noSuch: (channel: Channel) => `No such ${noun(channel).one}`,
  isMissing: (channel: Channel) => `This ${noun(channel).one} does not exist`,
  noneHere: (channel: Channel) =>
    `There never was such a ${noun(channel).one}: the link may be mistyped.`,
  all: (channel: Channel) => `All ${noun(channel).many}`,
  seeAll: (channel: Channel) => `See all ${noun(channel).many}`,
  changesOfAll: (channel: Channel) => `Changes of all ${noun(channel).many}`,
  /** Why a record is not deleted that so many others need, and the cure. */
  isNeeded: (channel: Channel, count: number) =>
    ({
      coaches: `${counted(count, { one: "class needs", other: "classes need" })} this coach: give them to somebody else first.`,
      workout_plans: `${counted(count, { one: "class follows", other: "classes follow" })} this plan: choose another for them first.`,
      exercise_moves: `${counted(count, { one: "plan has", other: "plans have" })} this move: take it out of them first.`,
    })[channel as string],
  seeOne: (channel: Channel) => `See the ${noun(channel).one}`,
  onlyOne: (channel: Channel) => `Only the changes of one ${noun(channel).one}.`,
  search: (channel: Channel) => `Search ${noun(channel).many}`,
  exportAll: (channel: Channel) => `Export all ${noun(channel).many} (CSV)`,
  notExported: (channel: Channel, why: string) =>
    `The ${noun(channel).many} were not exported. ${why}`,
  edits: (channel: Channel) => `Editing a ${noun(channel).one}`,
  editsThe: (channel: Channel) => `Editing the ${noun(channel).one}`,
};

export type Things = typeof english;

/** What is said of the records of each channel. */
export const things = room("things", english);
