/** The fields of a resource as a form has them, from the schema of what makes a record. */
import type { Channel } from "@spotter/realtime";
import { shapesOf } from "../developers/explorer/schema";
import type { Description } from "../developers/explorer/document";
import type { Schema } from "../developers/explorer/schema";
import { protocol } from "../served";
import type { Relation } from "../served";
import { chosen, text } from "../ui/form/rules";
import type { Rule } from "../ui/form/rules";
import { texts } from "./texts";

/** Above that a text has several lines. */
const ONE_LINE = 200;

export interface Field {
  readonly name: string;
  readonly kind:
    "text" | "lines" | "date" | "secret" | "number" | "flag" | "choice" | "one" | "many" | "json";
  readonly required: boolean;
  readonly schema: Schema;
  /** Of one and many: where it refers to. */
  readonly relation?: Relation;
}

/** In the order of the schema, those that refer to others last. */
export function fieldsOf(channel: Channel, { operations, schemas }: Description): Field[] {
  const event = `new_${protocol.singular[channel]}`;
  const payload = operations.find((each) => each.emits && each.event === event)?.payload;
  const relations = protocol.relations[channel] ?? {};
  const fields = Object.entries(payload?.properties ?? {}).map(([name, schema]): Field => {
    const { shapes, nullable } = shapesOf(schema, schemas);
    const [first] = shapes;
    const required = (payload?.required?.includes(name) ?? false) && !nullable;
    const relation = relations[name];
    if (relation && !relation.own) {
      return { name, kind: relation.many ? "many" : "one", required, schema, relation };
    }
    const only = shapes.length === 1 && first ? first : { kind: "anything", schema };
    return { name, kind: kindOf(only.kind, only.schema), required, schema: only.schema };
  });
  const refers = ({ relation }: Field) => (relation ? 1 : 0);
  return fields.toSorted((a, b) => refers(a) - refers(b));
}

function kindOf(kind: string, { format, maxLength = Infinity }: Schema): Field["kind"] {
  if (kind === "flag" || kind === "choice" || kind === "number") return kind;
  if (kind !== "text") return "json";
  if (format === "password") return "secret";
  if (format === "date") return "date";
  return format === undefined && maxLength > ONE_LINE ? "lines" : "text";
}

/** What an input holds for a field of a record, or of a new one. */
export function valueOf({ name, kind, required }: Field, record: object | null): unknown {
  const value: unknown = (record as Record<string, unknown> | null)?.[name];
  if (kind === "flag") return value === true;
  if (kind === "many") return Array.isArray(value) ? value.map(idOf) : [];
  if (kind === "one") return idOf(value);
  if (kind === "choice") return value ?? null;
  if (kind === "json") return value === undefined ? (required ? "{}" : "") : JSON.stringify(value);
  return value === undefined || value === null ? "" : String(value);
}

function idOf(value: unknown): number | null {
  return (value as { id?: number } | null | undefined)?.id ?? null;
}

/** The value as it goes to the server; undefined leaves it out. */
export function dataOf({ kind, required }: Field, value: unknown): unknown {
  if (kind === "many") return (value as number[]).map((id) => ({ id }));
  if (kind === "one") return value === null ? null : { id: value };
  if (typeof value !== "string") return value;
  if (kind === "secret") return value === "" ? undefined : value;
  const typed = value.trim();
  if (typed === "" && !required && kind !== "text" && kind !== "lines") return null;
  if (kind === "number") return Number(typed);
  return kind === "json" ? (JSON.parse(typed) as unknown) : typed;
}

/** What the server would say of a value later. */
export function ruleOf({ kind, required, schema }: Field): Rule {
  const { minLength = required ? 1 : 0, maxLength = Infinity } = schema;
  switch (kind) {
    case "text":
      return text(minLength, maxLength, { optional: !required });
    case "lines":
      return text(minLength, maxLength, { optional: !required, lines: true });
    case "number":
      return (value) => wrongNumber(String(value).trim(), required, schema);
    case "date":
      return required ? chosen : () => null;
    case "one":
    case "choice":
      return required ? chosen : () => null;
    case "json":
      return (value) =>
        (value === "" && !required) || isJson(String(value)) ? null : texts.notJson;
    default:
      return () => null;
  }
}

function wrongNumber(typed: string, required: boolean, schema: Schema): string | null {
  if (typed === "") return required ? chosen("") : null;
  const number = Number(typed);
  if (!Number.isFinite(number)) return texts.number;
  if (schema.type === "integer" && !Number.isInteger(number)) return texts.wholeNumber;
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (number < minimum) return texts.atLeast(minimum);
  return number > maximum ? texts.atMost(maximum) : null;
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
