import { room } from "../ui/base/language";

const english = {
  save: "Save",
  add: (noun: string): string => `Add ${noun}`,
  byName: "Name A–Z",
  newest: "Newest first",
  oldest: "Oldest first",
  hint: "Add the first one: every screen shows it at once.",
  more: "Show more",
  nothing: "(none)",
  empty: "(empty)",
  notDescribed: (why: string): string => `The server did not say which fields there are. ${why}`,
  again: "Try again",
  json: "As JSON",
  notJson: "Must be JSON.",
  number: "Must be a number.",
  wholeNumber: "Must be a whole number.",
  atLeast: (least: number): string => `Must be at least ${least}.`,
  atMost: (most: number): string => `Must be at most ${most}.`,
  suchAs: (example: string): string => `Such as ${example}`,
  record: (id: number): string => `no. ${id}`,
  nothingFound: "Nothing found",
};

export type Texts = typeof english;

/** What the pages say that are made from a resource's schema. */
export const texts = room("generic", english);
