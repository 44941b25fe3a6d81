import { room } from "../../ui/base/language";

type Verb = "made" | "changed" | "deleted";

const english = {
  theHistory: "The history",
  history: "History",
  partlyMade: (made: number, all: number, why: string): string =>
    `Only ${made} of ${all} changes were saved. ${why}`,
  justNow: (who: string): string => `${who} just now`,
  changedJustNow: "Changed just now",
  /** After who did it. */
  did: (verb: Verb, _who: string): string => `${verb === "made" ? "added" : verb} this`,
  /** Where nobody did: the gym came with it. */
  wasDone: { made: "Added", changed: "Changed", deleted: "Deleted" } as Record<Verb, string>,
  undo: "Undo",
  undoWhat: (who: string | null, when: string): string =>
    who === null ? `Undo what was changed ${when}` : `Undo what ${who} did ${when}`,
  loading: "Loading",
  deletedIt: (who: string): string => `${who} deleted it.`,
  mayBeDeleted: "It may have been deleted.",
  seeAndRestore: "See what it was, or restore it",
  delete: "Delete",
  edit: "Edit",
  deleted: (label: string): string => `${label} was deleted`,
  notDeleted: (label: string, why: string): string => `${label} was not deleted. ${why}`,
  giveClassesTo: "Give classes to…",
  andMore: (count: number): string => `and ${count} more`,
  undone: "Undone",
  /** By us, without a name. */
  undoneBy: (who: string | null): string => `Undone by ${who ?? "you"}`,
  notUndone: (label: string, why: string): string => `${label} was not undone. ${why}`,
  tryAgain: "Try again",
  nothingToUndo: (who: string, label: string): string =>
    `${who} deleted ${label} meanwhile: there is nothing to undo.`,
  changedMeanwhile: (who: string, label: string): string =>
    `This was not undone. ${who} changed ${label} again after it.`,
  isNow: (field: string, value: string): string => `${field} is now ${value}`,
  nothing: "empty",
};

export type Texts = typeof english;

/** What is said of one record, of its history, and of deleting and undoing. */
export const texts = room("record", english);
