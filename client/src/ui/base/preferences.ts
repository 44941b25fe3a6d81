/** Language, clock, first day of the week and how long messages stay: the usual, or what somebody chose on this device. */
import { deviceStorage } from "@spotter/realtime";
import { days } from "./weekdays";
import type { Day } from "./weekdays";

export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

export interface Preferences {
  language: Language | "browser";
  clock: "12" | "24" | "browser";
  week: Day | "browser";
  messages: "usual" | "long";
}

const KEY = "spotter.preferences";
const asTheBrowser: Preferences = {
  language: "browser",
  clock: "browser",
  week: "browser",
  messages: "usual",
};

/** A message that goes by itself must be to be had ten times as long: WCAG 2.2, 2.2.1. */
const LONGER = 10;

/** What was chosen; a value that is none is the browser's. */
export function storedPreferences(): Preferences {
  const found = read(deviceStorage.get(KEY));
  return {
    language:
      found.language !== undefined && found.language in languages ? found.language : "browser",
    clock: found.clock === "12" || found.clock === "24" ? found.clock : "browser",
    week: days.find((day) => day === found.week) ?? "browser",
    messages: found.messages === "long" ? "long" : "usual",
  };
}

export function storePreferences(preferences: Preferences): void {
  deviceStorage.set(KEY, JSON.stringify(preferences));
}

function read(text: string | null): Partial<Preferences> {
  try {
    return { ...asTheBrowser, ...(JSON.parse(text ?? "{}") as Partial<Preferences>) };
  } catch {
    return asTheBrowser;
  }
}

/** The languages that the reader wants, best first. */
function wanted(): readonly string[] {
  return navigator.languages.length > 0 ? navigator.languages : ["en-GB"];
}

const languageIn = (tag: string) => tag.split("-")[0]?.toLowerCase() ?? "";

/** The language of the texts: the first wanted one that there is. */
export function languageOf({ language }: Preferences): Language {
  if (language !== "browser") return language;
  const found = wanted()
    .map(languageIn)
    .find((each) => each in languages);
  return (found ?? "en") as Language;
}

/** The locale that dates, numbers and lists are written in: of the texts' language, as where the reader is. */
export function localeOf(preferences: Preferences): string {
  const language = languageOf(preferences);
  const found = wanted().find((tag) => languageIn(tag) === language && isLocale(tag));
  // Who reads English for want of another language is not used to American dates.
  return found ?? (language === "en" ? "en-GB" : language);
}

/** The first locale of the browser, whatever its language: whose clock and week the reader is used to. */
function home(): string {
  return wanted().find(isLocale) ?? "en-GB";
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

export function hasTwelveHours({ clock }: Preferences): boolean {
  if (clock !== "browser") return clock === "12";
  return new Intl.DateTimeFormat(home(), { hour: "numeric" }).resolvedOptions().hour12 ?? false;
}

/** For how long a message stays that usually does for so many milliseconds. */
export function stays(usual: number): number {
  return storedPreferences().messages === "long" ? usual * LONGER : usual;
}

interface WithWeek extends Intl.Locale {
  getWeekInfo?: () => { firstDay: number };
  weekInfo?: { firstDay: number };
}

/** For browsers that do not know it themselves: where a week begins on a Sunday, or on a Saturday. */
const sunday = /-(AU|BR|CA|CN|CO|HK|ID|IL|IN|JP|KR|MX|PE|PH|SA|SG|TH|TW|US|ZA)\b/;
const saturday = /-(AE|AF|BH|DJ|DZ|EG|IQ|IR|JO|KW|LY|OM|QA|SD|SY)\b/;

export function firstDayOf({ week }: Preferences): Day {
  if (week !== "browser") return week;
  const locale: WithWeek = new Intl.Locale(home()).maximize();
  const number = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay;
  if (number !== undefined) return days[number - 1] ?? "Monday";
  const tag = locale.toString();
  return sunday.test(tag) ? "Sunday" : saturday.test(tag) ? "Saturday" : "Monday";
}
