import type { PreferencesTexts } from "./preferences-texts";

export const german: PreferencesTexts = {
  title: "Einstellungen dieses Geräts",
  close: "Schließen",
  done: "Fertig",
  language: "Sprache",
  clock: "Uhr",
  week: "Woche beginnt am",
  asTheBrowser: "Wie im Browser",
  twelveHours: "12 Stunden (6:00 PM)",
  twentyFourHours: "24 Stunden (18:00)",
  messages: "Meldungen bleiben",
  aFewSeconds: "Einige Sekunden",
  tenTimesAsLong: "Zehnmal so lange",
  colours: "Farben",
  asTheDevice: "Wie auf deinem Gerät",
  light: "Hell",
  dark: "Dunkel",
  onThisDevice: "Nur für dieses Gerät. Die Zeiten sind immer die des Studios.",
};
