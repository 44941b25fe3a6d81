import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { guess } from "./columns";
import { decode } from "./decode";
import { isTitle } from "./fields";
import { read } from "./table";

const fixtures = join(import.meta.dirname, "fixtures");
const nobody = { isCoach: () => false, isPlan: () => false };

const rows = [
  [1, ["day", "time", "coach", "plan", "length", "room"]],
  [2, ["Monday", "09:00", "Zoë Müller", "Push Day", "60", "Main"]],
  [3, ["Tuesday", "18:30", "Ben O’Hara", "Leg “Day”", "45", ""]],
  [5, ["Friday", "07:15", "Zoë Müller", "Push, pull", "90", "Café; left"]],
];

function load(
  name: string,
  ...said: Parameters<typeof decode> extends [unknown, ...infer R] ? R : []
) {
  const bytes = new Uint8Array(readFileSync(join(fixtures, name)));
  const { text, encoding } = decode(bytes, ...said);
  return { encoding, ...read(text, isTitle) };
}

describe("a file is read as the program that saved it meant it", () => {
  it.each([
    ["excel-semicolons-windows-1252.csv", "windows-1252", ";"],
    ["excel-utf8.csv", "utf-8", ","],
    ["excel-unicode-text.txt", "utf-16le", "\t"],
    ["excel-sep.csv", "utf-16le", ";"],
    ["numbers.csv", "utf-8", ","],
    ["libreoffice.csv", "utf-8", ","],
  ])("%s", (name, encoding, delimiter) => {
    const table = load(name);
    expect([table.encoding, table.delimiter]).toEqual([encoding, delimiter]);
    expect(table.lines.map(({ number, cells }) => [number, cells])).toEqual(rows);
    expect(table.lines.filter(({ flaw, isCut }) => flaw ?? isCut)).toEqual([]);
    expect(guess(table.lines, "coaches", nobody)).toEqual({
      channel: "schedules",
      hasTitles: true,
      fields: ["day", "hour", "coach_name", "workout_plan_name", "minutes", "room"],
    });
  });

  it("reads another encoding where somebody says so", () => {
    const table = load("excel-macintosh.csv", "macintosh");
    expect(table.lines.map(({ cells }) => cells)).toEqual(rows.map(([, cells]) => cells));
  });
});

describe("what is wrong with a file is said of its row", () => {
  const flawsOf = (text: string) =>
    read(text, isTitle).lines.map(({ flaw, isCut }) => flaw ?? (isCut ? "cut" : ""));

  it("tells a row that ends with the file", () => {
    expect(flawsOf("name,age\nAda,30\nBen")).toEqual(["", "", "cut"]);
    expect(flawsOf("name,age\nAda,30\nBen\n")).toEqual(["", "", ""]);
    expect(flawsOf("name,age\nAda,30\nBen,31")).toEqual(["", "", ""]);
  });

  it("tells a quotation mark that is not closed", () => {
    expect(flawsOf('name,age\nAda,30\n"Ben,31\nCy,32\n')[2]).toContain("not closed");
  });

  it("tells a text that was cut in two", () => {
    expect(flawsOf("name,age\nLindqvist, Maya,30\n")[1]).toContain("3 cells, the first row 2");
    expect(flawsOf("name,age\nMaya,30,,\n")[1]).toBe("");
  });
});

describe("a table without titles", () => {
  const table = (text: string) => read(text, isTitle).lines;
  const known = {
    isCoach: (name: string) => name === "Ada",
    isPlan: (name: string) => name === "Push",
  };

  it("is known by its days, times and the names that are there", () => {
    const lines = table("Ada\tMonday\t9:00\tPush\nAda\tTue\t18:30\tPush");
    expect(guess(lines, "coaches", known)).toEqual({
      channel: "schedules",
      hasTitles: false,
      fields: ["coach_name", "day", "hour", "workout_plan_name"],
    });
  });

  it("is what somebody came for, else", () => {
    const lines = table("Ada Lovelace,36,https://example.com/a.png\nBen,41,");
    expect(guess(lines, "coaches", known)).toEqual({
      channel: "coaches",
      hasTitles: false,
      fields: ["name", "age", "picture"],
    });
    expect(guess(table("Ada\nBen"), "exercise_moves", known).fields).toEqual(["name"]);
  });
});

describe("the titles of columns", () => {
  const fieldsFor = (head: string) => {
    const { channel, fields } = guess(read(head, isTitle).lines, "coaches", nobody);
    return [channel, ...fields];
  };

  it("are known as the server writes them", () => {
    expect(fieldsFor("id,day,hour,coach_id,coach_name,workout_plan_id,workout_plan_name")).toEqual([
      "schedules",
      "id",
      "day",
      "hour",
      "coach_id",
      "coach_name",
      "workout_plan_id",
      "workout_plan_name",
    ]);
    expect(
      fieldsFor("id,name,difficulty,description,exercise_moves_id,exercise_moves_name"),
    ).toEqual([
      "workout_plans",
      "id",
      "name",
      "difficulty",
      "description",
      "exercise_moves_id",
      "exercise_moves_name",
    ]);
    expect(fieldsFor("id,name,focus,description,video_link")[0]).toBe("exercise_moves");
  });

  it("are known by what a plan's level was called before", () => {
    for (const word of ["Difficulty", "Level", "Schwierigkeit"]) {
      expect(fieldsFor(`Name,${word},Description,Moves`)[2]).toBe("difficulty");
    }
    for (const word of ["Difficulty of the plan", "Level of the plan", "Schwierigkeit des Plans"]) {
      expect(fieldsFor(`Day,Time,${word},Coach,Plan`)[3]).toBe("workout_plan_difficulty");
    }
  });

  it("are known as people write them, each once", () => {
    expect(
      fieldsFor("Week day,Start time,Instructor,Class name,Duration (min),Spots,Price"),
    ).toEqual([
      "schedules",
      "day",
      "hour",
      "coach_name",
      "workout_plan_name",
      "minutes",
      "capacity",
      null,
    ]);
    expect(fieldsFor("Trainer;Age;Trainer")).toEqual(["coaches", "name", "age", null]);
  });
});
