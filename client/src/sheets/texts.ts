import { room } from "../ui/base/language";

const english = {
  signInToExport: "Please sign in to export.",
  notAllowed: "Your role does not allow this. Ask an admin.",
  tooOften: "That was too often. Wait a moment, then export again.",
  unavailable: "The gym's data cannot be reached just now. Please try again.",
  refused: "The server refused this.",
  offline: "You are offline. Try again when you are online.",
  spreadsheet: "Spreadsheet",
  more: "More",
  calendarForPhones: "Calendar for phones",
  import: "Import from a spreadsheet",
  menu: "The menu",
  calendar: "The calendar's address",
};

export type Texts = typeof english;

/** What is said of tables that are exported. */
export const texts = room("sheets", english);
