import { describe, expect, it } from "vitest";
import { dataOf, fieldsOf, ruleOf, valueOf } from "./fields";
import type { Field } from "./fields";
import type { Description } from "../developers/explorer/document";

const described = {
  operations: [
    {
      event: "new_coach",
      emits: true,
      payload: {
        type: "object",
        required: ["name", "size"],
        properties: {
          name: { type: "string", minLength: 1, maxLength: 80 },
          notes: { type: "string", maxLength: 2000 },
          born: { type: ["string", "null"], format: "date" },
          size: { type: "integer", minimum: 1, maximum: 9 },
          fee: { type: ["number", "null"], minimum: 0 },
          paid: { type: "boolean" },
          level: { enum: ["low", "high", null] },
          secret: { type: "string", format: "password" },
          tags: { type: "array", items: { type: "string" } },
        },
      },
    },
  ],
  schemas: {},
} as unknown as Description;

const fields = fieldsOf("coaches", described);
const field = (name: string): Field => {
  const found = fields.find((each) => each.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
};

describe("the fields of a schema", () => {
  it("have an input of their kind", () => {
    expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "name text",
      "notes lines",
      "born date",
      "size number",
      "fee number",
      "paid flag",
      "level choice",
      "secret secret",
      "tags json",
    ]);
  });

  it("are required where the schema says so", () => {
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      "name",
      "size",
    ]);
  });

  it.each([
    ["name", " Mel ", "Mel"],
    ["notes", "", ""],
    ["born", "", null],
    ["born", "2026-03-02", "2026-03-02"],
    ["size", "7", 7],
    ["fee", " ", null],
    ["fee", "12.5", 12.5],
    ["paid", true, true],
    ["secret", "", undefined],
    ["tags", '["a"]', ["a"]],
  ])("send %s, typed as %j, as %j", (name, typed, sent) => {
    expect(dataOf(field(name), typed)).toEqual(sent);
  });

  it.each(["name", "notes", "born", "size", "fee", "paid", "level", "tags"])(
    "show %s of a record as it would be sent",
    (name) => {
      const record: Record<string, unknown> = {
        name: "Mel",
        notes: "Two\nlines",
        born: "2026-03-02",
        size: 3,
        fee: null,
        paid: false,
        level: "low",
        tags: ["a", "b"],
      };
      expect(dataOf(field(name), valueOf(field(name), record))).toEqual(record[name]);
    },
  );

  it.each([
    ["name", ""],
    ["name", "x".repeat(81)],
    ["size", ""],
    ["size", "1.5"],
    ["size", "0"],
    ["size", "10"],
    ["fee", "a lot"],
    ["fee", "-1"],
    ["tags", "[1"],
  ])("refuse %s when %j is typed", (name, typed) => {
    expect(ruleOf(field(name))(typed)).toEqual(expect.any(String));
  });

  it.each([
    ["name", "Mel"],
    ["size", "9"],
    ["fee", ""],
    ["born", ""],
    ["tags", ""],
    ["notes", ""],
  ])("take %s when %j is typed", (name, typed) => {
    expect(ruleOf(field(name))(typed)).toBeNull();
  });
});
