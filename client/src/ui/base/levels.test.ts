import { afterEach, expect, it } from "vitest";
import { german as base } from "./texts.de";
import { formatValue } from "./format-value";
import { speak } from "./language";
import { levelChoices, sayLevel, writtenLevel } from "./levels";

const speakIn = (language: "de" | "en") =>
  speak(
    { language, clock: "browser", week: "browser", messages: "usual" },
    { de: () => Promise.resolve({ base }) },
  );
afterEach(() => speakIn("en"));

it("the usual words are said in the reader's language, and chosen as they were written", async () => {
  expect(sayLevel("Beginner")).toBe("Beginner");
  await speakIn("de");
  expect(sayLevel("Beginner")).toBe("Anfänger");
  expect(formatValue("difficulty", "intermediate")).toBe("Mittel");
  expect(["Anfänger", "mittel", "Mittel ", "Anspruchsvoll"].map(writtenLevel)).toEqual([
    "Beginner",
    "Intermediate",
    "Mittel ",
    "Anspruchsvoll",
  ]);
  expect(levelChoices(["Advanced", "constructor"])).toEqual([
    { value: "Advanced", label: "Fortgeschritten" },
    { value: "constructor", label: "constructor" },
  ]);
});
