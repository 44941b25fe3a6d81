import { counted, pluralOf } from "./locale";
import { room } from "./language";

const english = {
  dismiss: "Dismiss",
  someone: "Someone",
  you: "You",
  onlyYou: "Only you",
  others: (count: number): string => counted(count, { one: "other", other: "others" }),
  areEditing: (count: number): string =>
    pluralOf(count, { one: "is editing", other: "are editing" }),
  areEditingThis: (count: number): string =>
    pluralOf(count, { one: "is editing this", other: "are editing this" }),
  offline: "You are offline",
  notLoaded: "Not loaded yet",
  neverLoaded:
    "This page has not been opened on this device before. It appears as soon as you are online again.",
  loadedLive:
    "This page has not been opened on this device before. It appears as soon as there is a live connection.",
  oneMoment: "One moment…",
  yes: "yes",
  no: "no",
  sets: (count: number): string => counted(count, { one: "set", other: "sets" }),
  none: "none",
  noRest: "no rest",
  rest: (pause: string): string => `rest ${pause}`,
  minutes: (count: number | string): string => `${count} min`,
  seconds: (count: number): string => `${count} s`,
  empty: "(empty)",
  changedFrom: "from",
  changedTo: "to",
  number: (id: number): string => `no. ${id}`,
  years: (age: number): string => `${age} years`,
  fields: {
    name: "name",
    age: "age",
    picture: "picture",
    username: "username",
    password: "password",
    focus: "focus",
    description: "description",
    video_link: "video link",
    difficulty: "level",
    exercise_moves: "exercise moves",
    day: "day",
    hour: "time",
    coach: "coach",
    workout_plan: "workout plan",
    minutes: "length",
    room: "room",
    capacity: "capacity",
    date: "date",
    schedule: "class",
    cancelled: "cancelled",
    note: "note",
  } as Record<string, string>,
  /** Usual words for how hard a plan is, small, where another language has others. */
  levels: {} as Record<string, string>,
  changedMeanwhile: (who: string, fields: string): string => `${who} changed ${fields} meanwhile.`,
  refusals: {
    offline: "You are offline. Try again when you are online.",
    rate_limited: "That was too often. Wait a moment, then try again.",
    unauthorized: "Please sign in first.",
    forbidden: "Your role does not allow this. Ask an admin.",
    not_found: "It does not exist any more.",
    too_large: "That is too much at once.",
    unavailable: "The gym's data cannot be reached just now. Try again in a moment.",
    in_use: "Something else still uses it: change or delete that first.",
    internal:
      "Something went wrong on the server. Try again; if it keeps happening, tell an admin.",
    unknown_event: "This page is older than the server. Load it again.",
    op_reused: "Please try that once more.",
    withheld: "Passwords are never saved on a device. Review this, and type it again.",
  } as Record<string, string>,
};

export type Texts = typeof english;

/** What is said everywhere: of people, values, fields, and of what is missing. */
export const texts = room("base", english);
