/** Filters and sorts of react-admin as those of the server. Pure. */

/** What the filter `q` of a search box looks into, by resource. */
export type SearchFields = Readonly<Record<string, readonly string[]>>;

type Fields = Readonly<Record<string, unknown>>;

const OPERATORS = new Set("eq ne lt lte gt gte in nin contains starts has".split(" "));

/**
 * A filter: a value is what a field equals, a list what it is one of, and `{gte: 30}` as the server has it. What is nested
 * becomes a path; `{coach: {id: 3}}` asks for the relation.
 */
export function whereOf(filter: Fields = {}, search: readonly string[] = []): object {
  const { q, ...fields } = filter;
  const where = conditions(fields);
  if (typeof q !== "string" || q.trim() === "") return where;
  const found = search.map((field) => ({ [field]: { contains: q } }));
  return "or" in where ? { ...where, not: { not: { or: found } } } : { ...where, or: found };
}

function conditions(fields: Fields, path = ""): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const field = name === "id" && path !== "" ? path : [path, name].filter(Boolean).join(".");
    if (Array.isArray(value) && field !== "or") found[field] = { in: value };
    else if (!isObject(value) || field === "not" || isCondition(value)) found[field] = value;
    else Object.assign(found, conditions(value, field));
  }
  return found;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCondition(value: Fields): boolean {
  return Object.keys(value).every((key) => OPERATORS.has(key));
}

export interface Sort {
  readonly field: string;
  readonly order: string;
}

export function orderOf(sort: Sort | undefined): readonly string[] {
  return sort?.field ? [`${sort.order === "DESC" ? "-" : ""}${sort.field}`] : [];
}
