import { room } from "./ui/base/language";

const english = {
  timetable: "Timetable",
  coaches: "Coaches",
  plans: "Plans",
  moves: "Moves",
  changes: "Changes",
  accounts: "Accounts",
  search: "Search",
  shortcuts: "The list of shortcuts",
  preferences: "Settings of this device",
};

export type Texts = typeof english;

/** The names of the pages. */
export const texts = room("app", english);
