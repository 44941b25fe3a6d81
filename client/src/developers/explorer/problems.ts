/** The errors of an answer: lists of messages, within each other as the data is. */
import { isObject } from "./schema";

/** Each message with the path of its field. */
export function* problemsIn(errors: unknown, path = ""): Generator<[string, string]> {
  if (typeof errors === "string") yield [path, errors];
  else if (Array.isArray(errors)) for (const one of errors) yield* problemsIn(one, path);
  else if (isObject(errors))
    for (const [key, one] of Object.entries(errors))
      yield* problemsIn(one, path === "" ? key : `${path}.${key}`);
}

/** Those of one field, or of one element of a list. */
export function partOf(errors: unknown, key: string): unknown {
  return isObject(errors) ? errors[key] : undefined;
}

/** What is said of a field itself, and not of a part of it. */
export function messagesOf(errors: unknown): string | null {
  return Array.isArray(errors) ? errors.join(" ") : null;
}
