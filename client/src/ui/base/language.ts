/**
 * What the page says. Each folder has its texts in English, in `texts.ts`, and each translation beside it. The texts
 * of a folder are one object that stays the same while what it holds follows the language: they are looked up when
 * something is drawn or said, and never kept.
 */
import { setLocale } from "./locale";
import { languageOf } from "./preferences";
import type { Language, Preferences } from "./preferences";

/** The texts of every folder in another language, by the folder's name. */
export type Translation = Readonly<Record<string, object>>;
export type Translations = Readonly<Record<Exclude<Language, "en">, () => Promise<Translation>>>;

const rooms = new Map<string, { english: object; texts: object }>();
let translation: Translation = {};
let changes = 0;
const listeners = new Set<() => void>();

/** The texts of a folder: English, until another language is loaded. */
export function room<T extends object>(name: string, english: T): T {
  const texts = { ...english, ...translation[name] };
  rooms.set(name, { english, texts });
  return texts;
}

/** From now on everything is said and written as these preferences have it; English, if its texts do not load. */
export async function speak(preferences: Preferences, translations: Translations): Promise<void> {
  const language = languageOf(preferences);
  translation = language === "en" ? {} : await translations[language]().catch(() => ({}));
  for (const [name, { english, texts }] of rooms) Object.assign(texts, english, translation[name]);
  setLocale(preferences);
  document.documentElement.lang = language;
  changes += 1;
  for (const listener of listeners) listener();
}

/** Counts the changes of language, clock and week: after each everything has to be drawn anew. */
export function languageChanges(): number {
  return changes;
}

export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
