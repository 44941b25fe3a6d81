import type { Texts } from "./texts";

export const german: Texts = {
  signInToExport: "Bitte melde dich an, um zu exportieren.",
  notAllowed: "Deine Rolle erlaubt das nicht. Frage einen Admin.",
  tooOften: "Das war zu oft. Warte einen Moment und exportiere dann noch einmal.",
  unavailable: "Die Daten des Studios sind gerade nicht erreichbar. Bitte versuche es noch einmal.",
  refused: "Der Server hat das abgelehnt.",
  offline: "Du bist offline. Versuche es noch einmal, wenn du online bist.",
  spreadsheet: "Tabelle",
  more: "Mehr",
  calendarForPhones: "Kalender fürs Handy",
  import: "Aus einer Tabelle importieren",
  menu: "Das Menü",
  calendar: "Die Adresse des Kalenders",
};
