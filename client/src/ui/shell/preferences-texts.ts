import { room } from "../../ui/base/language";

const english = {
  title: "Settings of this device",
  close: "Close",
  done: "Done",
  language: "Language",
  clock: "Clock",
  week: "Week begins on",
  asTheBrowser: "As in your browser",
  twelveHours: "12 hours (6:00 PM)",
  twentyFourHours: "24 hours (18:00)",
  messages: "Messages stay for",
  aFewSeconds: "A few seconds",
  tenTimesAsLong: "Ten times as long",
  colours: "Colours",
  asTheDevice: "As on your device",
  light: "Light",
  dark: "Dark",
  onThisDevice: "For this device only. Times are always those of the gym.",
};

export type PreferencesTexts = typeof english;

/** What the dialog of language, clock and week says. */
export const preferencesTexts = room("preferences", english);
