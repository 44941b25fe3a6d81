import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { german as base } from "./texts.de";
import { german as server } from "./server-texts.de";
import { speak } from "./language";
import { said } from "./said";
import { whyNot } from "./why-not";

/** The server's own sources, as one text. */
function sources(): string {
  const folder = join(import.meta.dirname, "../../../../server");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const python = files.filter((path) => path.endsWith(".py"));
  return python.map((path) => readFileSync(join(folder, path), "utf8")).join("\n");
}

const inGerman = () =>
  speak(
    { language: "de", clock: "browser", week: "browser", messages: "usual" },
    { de: () => Promise.resolve({ base, server }) },
  );
afterEach(() =>
  speak(
    { language: "en", clock: "browser", week: "browser", messages: "usual" },
    { de: () => Promise.resolve({}) },
  ),
);

describe("what the server says", () => {
  it("is as it is in English, without what nobody who uses the page has heard of", () => {
    expect(said("Must be a number.")).toBe("Must be a number.");
    expect(said("Write 3 (new coach): Age: Must be a number. (And 2 others.)")).toBe(
      "Age: Must be a number.",
    );
  });

  it("is German for who reads German, with what differs, and with the name of the field", async () => {
    await inGerman();
    expect(said("Must be a whole number from 18 to 100.")).toBe(
      "Muss eine ganze Zahl von 18 bis 100 sein.",
    );
    expect(said("Age: Must be a whole number. (2 more to correct.)")).toBe(
      "Alter: Muss eine ganze Zahl sein.",
    );
    expect(said("Maya teaches Push Day on Monday from 07:00 to 08:00.")).toBe(
      "Maya gibt Push Day am Montag von 07:00 bis 08:00.",
    );
    expect(said("Something new.")).toBe("Something new.");
  });

  it("is what the server still says", () => {
    const all = sources();
    const gone = Object.keys(server.said).filter((sentence) =>
      // The first word after a value may be a value, too.
      sentence
        .split("{}")
        .map((part, at) => (at > 0 ? part.replace(/^ \w+/, "") : part).trim())
        .some((part) => part.length > 7 && !all.includes(part)),
    );
    expect(gone).toEqual([]);
  });
});

describe("why a request was refused", () => {
  const conflict = { code: "conflict", actor: "Dora", fields: ["hour", "room"] } as const;

  it("is said by its code, with who and what", async () => {
    const meta = { ...conflict, fields: [...conflict.fields] };
    expect(whyNot({ meta, errors: { errors: "Dora changed hour, room meanwhile." } })).toBe(
      "Dora changed time and room meanwhile.",
    );
    await inGerman();
    expect(whyNot({ meta, errors: { errors: "Dora changed hour, room meanwhile." } })).toBe(
      "Dora hat inzwischen geändert: Uhrzeit und Raum.",
    );
    expect(whyNot({ meta: { code: "in_use" }, errors: { errors: "This coach is used." } })).toBe(
      "Etwas anderes braucht es noch: Ändere oder lösche zuerst das.",
    );
  });
});
