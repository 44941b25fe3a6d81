/** Conditions and orders of TanStack DB's queries as those of the server. Pure. */

/** An expression, as far as this reads it. */
export interface Expression {
  readonly type: string;
  /** Of a `ref`. */
  readonly path?: readonly (string | number)[];
  /** Of a `val`. */
  readonly value?: unknown;
  /** Of a `func`. */
  readonly name?: string;
  readonly args?: readonly Expression[];
}

export interface OrderClause {
  readonly expression: Expression;
  readonly compareOptions: {
    readonly direction: "asc" | "desc";
    readonly nulls?: "first" | "last";
    readonly stringSort?: string;
  };
}

/** A filter that is true of all records that are wanted; `exact`: and of no others. */
export interface Translated {
  readonly where: Readonly<Record<string, unknown>>;
  readonly exact: boolean;
}

const everything: Translated = { where: {}, exact: false };

const COMPARED: Readonly<Record<string, string>> = {
  eq: "eq",
  gt: "gt",
  gte: "gte",
  lt: "lt",
  lte: "lte",
  in: "in",
};
/** The same with its two sides exchanged. */
const TURNED: Readonly<Record<string, string>> = {
  eq: "eq",
  gt: "lt",
  gte: "lte",
  lt: "gt",
  lte: "gte",
};

export function whereOf(expression: Expression | undefined): Translated {
  if (!expression) return { where: {}, exact: true };
  const { name = "", args = [] } = expression;
  switch (name) {
    case "and":
      return all(args.map(whereOf));
    case "or": {
      const parts = args.map(whereOf);
      // One that is not understood may be true of anything.
      if (parts.some(({ where }) => Object.keys(where).length === 0)) return everything;
      return {
        where: { or: parts.map(({ where }) => where) },
        exact: parts.every(({ exact }) => exact),
      };
    }
    case "not": {
      const [inner] = args.map(whereOf);
      return inner?.exact ? { where: { not: inner.where }, exact: true } : everything;
    }
    case "isNull":
    case "isUndefined": {
      const field = fieldOf(args[0]);
      // To the server what is empty is the same, whatever it is written as.
      return field ? { where: { [field]: { eq: null } }, exact: false } : everything;
    }
    case "like":
    case "ilike":
      return pattern(args);
    default:
      return comparison(name, args);
  }
}

function comparison(name: string, [left, right]: readonly Expression[]): Translated {
  const turned = left?.type === "val" && name !== "in";
  const operator = (turned ? TURNED : COMPARED)[name];
  const field = fieldOf(turned ? right : left);
  const value = turned ? left : right;
  if (!operator || !field || value?.type !== "val" || !isPlain(value.value)) return everything;
  return { where: { [field]: { [operator]: value.value } }, exact: true };
}

/** `%` at the end, or at both ends, of a text: the server ignores case, so that there may be more. */
function pattern([left, right]: readonly Expression[]): Translated {
  const subject = left?.name === "lower" || left?.name === "upper" ? left.args?.[0] : left;
  const field = fieldOf(subject);
  const text = typeof right?.value === "string" ? right.value : "";
  const [, before, middle = ""] = /^(%?)([^%_\\]*)%$/.exec(text) ?? [];
  if (!field || middle.trim() === "") return everything;
  return { where: { [field]: { [before ? "contains" : "starts"]: middle } }, exact: false };
}

/** What is true of all. */
export function all(parts: readonly Translated[]): Translated {
  const where: Record<string, unknown> = {};
  const others: object[] = [];
  for (const part of parts) {
    for (const [key, condition] of Object.entries(part.where)) {
      const known = where[key];
      if (known === undefined) where[key] = condition;
      else if (key !== "or" && key !== "not" && isDisjoint(known, condition))
        where[key] = { ...(known as object), ...(condition as object) };
      else others.push({ not: { [key]: condition } });
    }
  }
  const exact = parts.every((part) => part.exact);
  if (others.length === 0) return { where, exact };
  // A filter has each key once: not (not a or not b) is a and b.
  const rest = Object.keys(where).length > 0 ? [{ not: where }, ...others] : others;
  return { where: { not: { or: rest } }, exact };
}

function isDisjoint(a: unknown, b: unknown): boolean {
  return Object.keys(a as object).every((key) => !Object.hasOwn(b as object, key));
}

/** The name of a field, or its path; a relation is asked by its own name. */
export function fieldOf(expression: Expression | undefined): string | null {
  if (expression?.type !== "ref" || !expression.path?.length) return null;
  const path = expression.path.join(".");
  return path.replace(/\.id$/, "");
}

function isPlain(value: unknown): boolean {
  const isScalar = (each: unknown) =>
    each === null || ["string", "number", "boolean"].includes(typeof each);
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

/** The order as the server has it; null if it cannot give this one. `given` are fields that it orders in a way of its own. */
export function orderOf(
  clauses: readonly OrderClause[] = [],
  given: Readonly<Record<string, unknown>> = {},
): readonly string[] | null {
  const order: string[] = [];
  for (const { expression, compareOptions } of clauses) {
    const field = fieldOf(expression);
    const isOurs = (compareOptions.stringSort ?? "lexical") === "lexical";
    if (field === null || field in given || !isOurs) return null;
    // What is empty comes before all else.
    if (compareOptions.direction === "asc" && compareOptions.nulls === "last") return null;
    order.push(`${compareOptions.direction === "desc" ? "-" : ""}${field}`);
  }
  return order;
}
