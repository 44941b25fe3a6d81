import { expect, test } from "vitest";
import { beginning, nameOf, optionsOf, rulesOf, shapeOf, shapesOf } from "./schema";
import type { Schema } from "./schema";

const ID: Schema = { type: "integer", minimum: 1 };
const schemas = {
  // As filters are: one within the other.
  where: {
    type: "object",
    properties: { id: ID, not: { $ref: "#/components/schemas/where" } },
  },
} satisfies Record<string, Schema>;
const where: Schema = { anyOf: [{ $ref: "#/components/schemas/where" }, { type: "null" }] };

test("a reference and null are looked through", () => {
  const { shapes, nullable } = shapesOf(where, schemas);
  expect(shapes.map(({ kind }) => kind)).toEqual(["object"]);
  expect(nullable).toBe(true);
});

test("a text that may also be empty is one text", () => {
  const text: Schema = {
    anyOf: [
      { type: "string", minLength: 2 },
      { type: ["string", "null"], maxLength: 0 },
    ],
  };
  const { shapes, nullable } = shapesOf(text, schemas);
  expect(shapes.map(({ kind }) => kind)).toEqual(["text"]);
  expect(nullable).toBe(true);
});

test("a form begins with what has to be sent, however deep", () => {
  const schema: Schema = {
    type: "object",
    properties: {
      event: { const: "new" },
      coach: { type: "object", properties: { id: ID }, required: ["id"] },
      moves: { type: "array", items: ID },
      note: { type: "string" },
      where,
    },
    required: ["event", "coach", "moves"],
  };
  expect(beginning(schema, schemas)).toEqual({ event: "new", coach: {}, moves: [] });
  expect(beginning(where, schemas)).toEqual({});
  expect(beginning({ type: "null" }, schemas)).toBeUndefined();
});

test("of several objects it is the one whose fixed field a value has", () => {
  const write = (event: string): Schema => ({
    type: "object",
    properties: { event: { const: event }, data: {} },
  });
  const shapes = shapesOf({ anyOf: [write("new_coach"), write("delete_coach"), ID] }, schemas);
  const found = shapeOf({ event: "delete_coach" }, shapes);
  expect(found && nameOf(found)).toBe("delete_coach");
  expect(shapeOf(3, shapes)?.kind).toBe("number");
  expect(shapeOf([], shapes)).toBeUndefined();
  expect(shapeOf(undefined, shapes)).toBeUndefined();
});

test("what is allowed is said in words", () => {
  expect(rulesOf({ minimum: 18, maximum: 100 })).toBe("18 to 100");
  expect(rulesOf({ maxLength: 40, examples: ["900"] })).toBe("at most 40 characters; such as 900");
  expect(rulesOf({})).toBe("");
});

test("whether something can be only checked stands apart from the other options", () => {
  const check: Schema = { anyOf: [{ type: "boolean" }, { type: "null" }] };
  const write: Schema = { type: "object", properties: { op: { type: "string" }, check } };
  expect(optionsOf(write, {})).toEqual({
    canCheck: true,
    others: { type: "object", properties: { op: { type: "string" } } },
  });
  const none = { canCheck: false, others: undefined };
  expect(optionsOf({ type: "object", properties: {} }, {})).toEqual(none);
  expect(optionsOf(undefined, {})).toEqual(none);
});
