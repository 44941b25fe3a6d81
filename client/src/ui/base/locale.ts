/** How times, numbers and lists are written, in one place: everything that is shown is formatted here. */
import { firstDayOf, hasTwelveHours, languageOf, localeOf, storedPreferences } from "./preferences";
import type { Preferences } from "./preferences";
import type { Day } from "./weekdays";

export interface Locale {
  /** As Intl takes it: "en-GB". */
  readonly tag: string;
  readonly twelveHours: boolean;
  /** The day that weeks begin with. */
  readonly firstDay: Day;
  readonly list: Intl.ListFormat;
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
  readonly relative: Intl.RelativeTimeFormat;
  /** The same format for the same options: to make one takes long. */
  readonly date: (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat;
}

let current: Locale | null = null;

export function locale(): Locale {
  current ??= make(storedPreferences());
  return current;
}

/** From now on as these preferences have it. */
export function setLocale(preferences: Preferences): void {
  current = make(preferences);
}

function make(preferences: Preferences): Locale {
  const tag = localeOf(preferences);
  const formats = new Map<string, Intl.DateTimeFormat>();
  return {
    tag,
    twelveHours: hasTwelveHours(preferences),
    firstDay: firstDayOf(preferences),
    list: new Intl.ListFormat(tag),
    plural: new Intl.PluralRules(languageOf(preferences)),
    number: new Intl.NumberFormat(tag),
    relative: new Intl.RelativeTimeFormat(tag, { numeric: "auto" }),
    date: (options) => {
      const key = JSON.stringify(options);
      const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, options);
      formats.set(key, format);
      return format;
    },
  };
}

/** A format's special spaces are as wide as others here, and can be typed in a search. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u2009\u202f\u00a0]/g, " ");
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** "10,000" */
export function numbered(count: number): string {
  return locale().number.format(count);
}

/** "1 class", "12 classes": the count and the form that the language has for it. */
export function counted(count: number, forms: Forms): string {
  return `${numbered(count)} ${pluralOf(count, forms)}`;
}

/** The form that the language has for so many. */
export function pluralOf(count: number, forms: Forms): string {
  return forms[locale().plural.select(count)] ?? forms.other;
}

/** "Rose and Ben". */
export function inList(items: readonly string[]): string {
  return locale().list.format(items);
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale().tag) + text.slice(1);
}
