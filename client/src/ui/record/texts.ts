import { room } from "../../ui/base/language";

const english = {
  theHistory: "The history",
  history: "History",
  partlyMade: (made: number, all: number, why: string): string =>
    `Only ${made} of ${all} changes were saved. ${why}`,
  justNow: (who: string): string => `${who} just now`,
  changedJustNow: "Changed just now",
  deletedThis: "deleted this",
  madeThis: "added this",
  changedThis: "changed this",
  undo: "Undo",
  undoWhat: (who: string, when: string): string => `Undo what ${who} did ${when}`,
  empty: "(empty)",
  loading: "Loading",
  deletedIt: (who: string): string => `${who} deleted it.`,
  mayBeDeleted: "It may have been deleted.",
  seeAndRestore: "See what it was, or restore it",
  delete: "Delete",
  edit: "Edit",
  deleted: (label: string): string => `${label} was deleted`,
  notDeleted: (label: string, why: string): string => `${label} was not deleted. ${why}`,
  andMore: (count: number): string => `and ${count} more`,
  undone: "Undone",
  /** By us, without a name. */
  undoneBy: (who: string | null): string => `Undone by ${who ?? "you"}`,
  notUndone: (label: string, why: string): string => `${label} was not undone. ${why}`,
  tryAgain: "Try again",
  nothingToUndo: (who: string, label: string): string =>
    `${who} deleted ${label} meanwhile: there is nothing to undo.`,
  changedMeanwhile: (who: string, label: string): string =>
    `${who} changed ${label} meanwhile, so it was not undone.`,
  isNow: (field: string, value: string): string => `${field} is now ${value}`,
  nothing: "empty",
};

export type Texts = typeof english;

/** What is said of one record, of its history, and of deleting and undoing. */
export const texts = room("record", english);
