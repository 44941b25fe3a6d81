/** What the server said, in the reader's language where that has its sentence. Pure but for the language. */
import { sayDay } from "./dates";
import { fieldName } from "./field-names";
import { capital } from "./locale";
import { serverTexts } from "./server-texts";
import { days } from "./time";

/** "Write 3 (new coach): …" and "(And 2 others.)": of a batch, which nobody who uses the page has heard of. */
const OF_BATCH = /^Write \d+(?: \([^)]*\))?: (?<why>.*?)(?: \(And \d+ others?\.\))?$/s;
/** "Age: Must be a number. (2 more to correct.)": a field, and what is wrong with it. */
const OF_FIELD = /^(?<field>[^:]{1,40}): (?<why>.*?)(?: \(\d+ more to correct\.\))?$/s;

/** A sentence of the server; what the language has no words for stays as it is. */
export function said(line: string): string {
  const alone = OF_BATCH.exec(line)?.groups?.["why"] ?? line;
  const { field = "", why = "" } = OF_FIELD.exec(alone)?.groups ?? {};
  const translated = inLanguage(why);
  return (
    inLanguage(alone) ??
    (translated === undefined
      ? alone
      : `${capital(fieldName(field.toLowerCase().replaceAll(" ", "_")))}: ${translated}`)
  );
}

function inLanguage(line: string): string | undefined {
  for (const [sentence, translation] of Object.entries(serverTexts.said)) {
    const found = patternOf(sentence).exec(line);
    if (!found) continue;
    const values = found.slice(1).map(nameOfDay);
    return translation.replaceAll("{}", () => values.shift() ?? "");
  }
  return undefined;
}

function patternOf(sentence: string): RegExp {
  const parts = sentence.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.+?)")}$`, "s");
}

function nameOfDay(value: string): string {
  const day = days.find((each) => each === value);
  return day === undefined ? value : sayDay(day);
}
