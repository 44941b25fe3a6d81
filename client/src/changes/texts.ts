import { room } from "../ui/base/language";

const english = {
  restore: "Restore",
  undo: "Undo",
  andMore: (count: number): string => `and ${count} more`,
  empty: "(empty)",
  byServer: {
    seed: "filled the gym",
    migrate: "updated the gym's data to a newer version",
    reconcile: "took in changes made directly in the database",
  } as Record<string, string>,
  did: (verb: "made" | "changed" | "deleted", what: string): string =>
    `${verb === "made" ? "added" : verb} ${what}`,
  doneBy: (what: string): string => what,
  undid: (what: string): string => `${what}, undoing an earlier change`,
  recentChanges: "Recent changes",
  whatWasChanged: "What was changed",
  everything: "Everything",
  whoDidIt: "Who did it",
  everybody: "Everybody",
  day: "Day",
  showEverything: "Show everything",
  notAvailable: "Not available",
  nothing: "Nothing was changed",
  changeFilters: "Try other filters.",
  listedHere: "What you and others change is listed here.",
  showMore: (left: number): string => `Show more (${left} left)`,
  furtherBack: "Look further back",
};

export type Texts = typeof english;

/** What is said of everything that was changed. */
export const texts = room("changes", english);
