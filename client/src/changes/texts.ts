import { room } from "../ui/base/language";

const english = {
  restore: "Restore",
  undo: "Undo",
  andMore: (count: number): string => `and ${count} more`,
  byServer: {
    seed: "The gym was filled with examples",
    migrate: "The gym's data was updated to a newer version",
    reconcile: "Changes made directly in the database were taken in",
  } as Record<string, string>,
  did: (verb: "made" | "changed" | "deleted", what: string): string =>
    `${verb === "made" ? "added" : verb} ${what}`,
  /** After who did it. */
  doneBy: (_who: string, what: string): string => what,
  undid: (what: string): string => `${what}, undoing an earlier change`,
  deletedSince: "Deleted since",
  onlyOf: (label: string): string => `Only the changes of ${label}.`,
  recentChanges: "Recent changes",
  whatWasChanged: "What was changed",
  everything: "All kinds",
  whoDidIt: "Who did it",
  everybody: "Everybody",
  day: "On day",
  showEverything: "All changes",
  notAvailable: "Not available",
  nothing: "Nothing was changed",
  noneFits: "No changes fit",
  changeFilters: "Try other filters.",
  listedHere: "What you and others change is listed here.",
  showMore: (left: number): string => `Show more (${left} left)`,
  furtherBack: "Look further back",
};

export type Texts = typeof english;

/** What is said of everything that was changed. */
export const texts = room("changes", english);
