import { capital } from "./locale";
import { texts } from "./texts";

/** How a plan's difficulty is said: one of the usual words in the reader's language, any other as somebody wrote it. */
export function sayLevel(difficulty: string): string {
  const { levels } = texts;
  const word = difficulty.trim().toLowerCase();
  return (Object.hasOwn(levels, word) && levels[word]) || difficulty;
}

/** How that is written which somebody says: a usual word of the reader's language as everybody's data has it. */
export function writtenLevel(said: string): string {
  const word = said.toLowerCase();
  const usual = Object.entries(texts.levels).find(([, level]) => level.toLowerCase() === word);
  return usual ? capital(usual[0]) : said;
}

/** Choices by their difficulty; what they choose is the word that was written. */
export function levelChoices(difficulties: readonly string[]): { value: string; label: string }[] {
  return difficulties.map((value) => ({ value, label: sayLevel(value) }));
}
