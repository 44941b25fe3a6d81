import type { Texts } from "./texts";

export const german: Texts = {
  timetable: "Kursplan",
  coaches: "Coaches",
  plans: "Pläne",
  moves: "Übungen",
  changes: "Änderungen",
  accounts: "Konten",
  search: "Die Suche",
  shortcuts: "Die Liste der Tastenkürzel",
  preferences: "Einstellungen dieses Geräts",
};
