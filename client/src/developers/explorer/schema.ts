import { texts } from "../texts";

/** The JSON Schemas of the server's document, as a form needs them. */

export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  format?: string;
  description?: string;
  examples?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

export type Schemas = Readonly<Record<string, Schema>>;

export type Kind =
  "nothing" | "fixed" | "choice" | "flag" | "number" | "text" | "list" | "object" | "anything";

/** A value that a schema allows: one of several, perhaps. */
export interface Shape {
  kind: Kind;
  schema: Schema;
}

/** What a value may be, without null; and whether it may be null. */
export interface Shapes {
  shapes: readonly Shape[];
  nullable: boolean;
}

const REF = "#/components/schemas/";

export function shapesOf(schema: Schema, schemas: Schemas): Shapes {
  const found = [...alternatives(schema, schemas)];
  const shapes = found.map((one): Shape => ({ kind: kindOf(one), schema: one }));
  const values = shapes.filter(
    ({ kind, schema: { maxLength } }) => kind !== "nothing" && maxLength !== 0,
  );
  return {
    shapes: values,
    nullable: found.some((one) => typesOf(one).includes("null")),
  };
}

function* alternatives(schema: Schema, schemas: Schemas): Generator<Schema> {
  if (schema.$ref !== undefined) {
    const target = schemas[schema.$ref.slice(REF.length)];
    if (target) yield* alternatives(target, schemas);
    return;
  }
  const several = schema.anyOf ?? schema.oneOf;
  if (several === undefined) yield schema;
  else for (const one of several) yield* alternatives(one, schemas);
}

function typesOf({ type }: Schema): readonly string[] {
  return typeof type === "string" ? [type] : (type ?? []);
}

function kindOf(schema: Schema): Kind {
  if ("const" in schema) return "fixed";
  if (schema.enum) return "choice";
  const types = typesOf(schema).filter((type) => type !== "null");
  const [type] = types;
  if (type === undefined) return typesOf(schema).length > 0 ? "nothing" : "anything";
  if (type === "boolean") return "flag";
  if (type === "integer" || type === "number") return "number";
  if (type === "string") return "text";
  if (type === "array") return "list";
  return schema.properties ? "object" : "anything";
}

/** What may be asked for beside the data: whether it can be only checked, and the options besides, if there are any. */
export function optionsOf(
  opts: Schema | undefined,
  schemas: Schemas,
): { canCheck: boolean; others: Schema | undefined } {
  const [shape] = opts ? shapesOf(opts, schemas).shapes : [];
  const { check, ...others } = shape?.schema.properties ?? {};
  const isLeft = shape !== undefined && Object.keys(others).length > 0;
  return {
    canCheck: check !== undefined,
    others: isLeft ? { ...shape.schema, properties: others } : undefined,
  };
}

/** What a form begins with: what has to be sent, and nothing else. */
export function beginning(schema: Schema, schemas: Schemas): unknown {
  const [shape] = shapesOf(schema, schemas).shapes;
  return shape && beginningOf(shape, schemas);
}

export function beginningOf({ kind, schema }: Shape, schemas: Schemas): unknown {
  if (kind === "fixed") return schema.const;
  if (kind === "list") return [];
  if (kind !== "object") return undefined;
  const required = (schema.required ?? []).map((key) => {
    const one = schema.properties?.[key];
    return [key, one && beginning(one, schemas)] as const;
  });
  return Object.fromEntries(required.filter(([, value]) => value !== undefined));
}

/** The shape that a value has, so far as one can tell; undefined for none. */
export function shapeOf(value: unknown, { shapes }: Shapes): Shape | undefined {
  if (value === undefined || value === null) return undefined;
  const fitting = shapes.filter(({ kind }) => fits(value, kind));
  if (typeof value !== "object" || Array.isArray(value)) return fitting[0];
  // One of several objects is told by what is fixed in it.
  return fitting.find(({ schema }) =>
    Object.entries(schema.properties ?? {}).every(
      ([key, one]) => !("const" in one) || one.const === (value as Record<string, unknown>)[key],
    ),
  );
}

function fits(value: unknown, kind: Kind): boolean {
  if (kind === "anything") return true;
  if (kind === "list") return Array.isArray(value);
  if (kind === "object") return isObject(value);
  if (kind === "flag") return typeof value === "boolean";
  // What is typed into a field of a number is a text as long as it is none.
  return typeof value !== "object" && typeof value !== "boolean";
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What one of several shapes is called. */
export function nameOf({ kind, schema }: Shape): string {
  const { properties } = schema;
  const fixed = Object.values(properties ?? {}).find((one) => "const" in one);
  if (fixed) return String(fixed.const);
  if (!properties) return texts.kinds[kind];
  const keys = Object.keys(properties);
  return texts.objectOf(keys.length > 3 ? `${keys.slice(0, 3).join(", ")}, …` : keys.join(", "));
}

/** What is allowed, in a few words. */
export function rulesOf({
  minimum,
  maximum,
  minLength,
  maxLength,
  description,
  examples,
}: Schema): string {
  const size = range(minLength, maxLength);
  const parts = [
    description,
    range(minimum, maximum),
    size && texts.characters(size),
    examples && texts.suchAs(examples.join(", ")),
  ];
  return parts.filter(Boolean).join("; ");
}

function range(low: number | undefined, high: number | undefined): string | null {
  if (low === undefined) return high === undefined ? null : texts.atMost(high);
  return high === undefined ? texts.atLeast(low) : texts.between(low, high);
}
