/**
 * A filter as a function of a record as it is sent: what the server means by it, as far as that shows without the
 * types of its fields. `tests/vectors/where.json` describes it to other languages. Pure.
 */
import { equal } from "../base/equal.js";
import type { AnyRecord, SortKey, SortKeys } from "../protocol/protocol.js";
import { compareTexts, folded, isMoment, moment, normalized } from "./text.js";

export type Predicate = (record: AnyRecord) => boolean;

/** A value of a record: undefined where it has no such field, or embeds nothing that could have one. */
type Test = (found: unknown) => boolean;

/** Whether the filter is true of a record; without one it is of each. An operator that is none is true of nothing. */
export function predicate(where: object | undefined, sortKeys: SortKeys = {}): Predicate {
  const parts = Object.entries(where ?? {}).map(([key, asked]) =>
    part(key, asked as unknown, sortKeys),
  );
  return (record) => parts.every((isTrue) => isTrue(record));
}

/** The value at a path such as `coach.name`: of a relation the id, of a list the ids. */
export function valueAt(record: AnyRecord, path: string): unknown {
  let found: unknown = record;
  for (const name of path.split(".")) {
    found = found == null ? undefined : (found as Record<string, unknown>)[name];
  }
  return idOf(found);
}

function part(key: string, asked: unknown, sortKeys: SortKeys): Predicate {
  if (key === "or") {
    const parts = (asked as object[]).map((each) => predicate(each, sortKeys));
    return (record) => parts.some((isTrue) => isTrue(record));
  }
  if (key === "not") {
    const isTrue = predicate(asked as object, sortKeys);
    return (record) => !isTrue(record);
  }
  const tests = isObject(asked)
    ? Object.entries(asked).map(([operator, value]) => testOf(operator, value, sortKeys[key]))
    : [testOf("eq", asked)];
  return (record) => {
    const found = valueAt(record, key);
    return tests.every((isTrue) => isTrue(found));
  };
}

function testOf(operator: string, value: unknown, sortKey?: SortKey): Test {
  switch (operator) {
    case "in":
    case "nin": {
      const tests = (value as unknown[]).map(isEqual);
      return (found) => tests.some((isTrue) => isTrue(found)) === (operator === "in");
    }
    case "eq":
      return isEqual(value);
    case "ne": {
      const isTrue = isEqual(value);
      return (found) => !isTrue(found);
    }
    case "lt":
      return compared(value, (order) => order < 0, sortKey);
    case "lte":
      return compared(value, (order) => order <= 0, sortKey);
    case "gt":
      return compared(value, (order) => order > 0, sortKey);
    case "gte":
      return compared(value, (order) => order >= 0, sortKey);
    case "contains":
    case "starts": {
      const needle = folded(normalized(String(value)));
      return (found) => {
        const at = folded(String(found ?? "")).indexOf(needle);
        return operator === "starts" ? at === 0 : at >= 0;
      };
    }
    case "has":
      return (found) => Array.isArray(found) && found.includes(Number(value));
    default:
      return () => false;
  }
}

/** What is empty is null or `""`, as its type has it. */
function isEqual(value: unknown): Test {
  const asked = read(value);
  if (isEmpty(asked)) return isEmpty;
  return (found) => equal(found, likeThat(found, asked));
}

function compared(
  value: unknown,
  isWanted: (order: number) => boolean,
  sortKey: SortKey | undefined,
): Test {
  const asked = read(value);
  return (found) => {
    // Of what is absent a text is "", and anything else is not compared.
    const known = found === undefined && isText(asked) ? "" : found;
    return known != null && isWanted(compareValues(known, likeThat(known, asked), sortKey));
  };
}

function read(value: unknown): unknown {
  if (typeof value === "string") return normalized(value);
  // -0 is 0.
  return typeof value === "number" ? value + 0 : value;
}

function isText(asked: unknown): boolean {
  return typeof asked === "string" && !isMoment(asked);
}

/** What was asked, of the type of what was found: both are written in more than one way. */
function likeThat(found: unknown, asked: unknown): unknown {
  if (typeof found === "number" && typeof asked === "string") return Number(asked);
  if (typeof found !== "string") return asked;
  if (typeof asked === "number") return String(asked);
  return typeof asked === "string" && isMoment(found) ? moment(asked) : asked;
}

/** Less than, equal to or greater than 0; what is empty is less than all else. NaN if they cannot be compared. */
export function compareValues(a: unknown, b: unknown, sortKey?: SortKey): number {
  if (sortKey !== undefined) return compareValues(ranked(a, sortKey), ranked(b, sortKey));
  if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(b)) - Number(isEmpty(a));
  if (typeof a === "string" && typeof b === "string") return compareTexts(a, b);
  return Number(a) - Number(b);
}

/** What is in no list comes before all that is. */
function ranked(value: unknown, sortKey: SortKey): unknown {
  if (typeof value !== "string") return value;
  return sortKey === "number"
    ? ("0".repeat(9) + value).slice(value.length)
    : sortKey.indexOf(value);
}

function isEmpty(value: unknown): boolean {
  return value == null || value === "";
}

function idOf(value: unknown): unknown {
  if (Array.isArray(value) && value.every(hasId)) return value.map(({ id }) => id);
  return hasId(value) ? value.id : value;
}

function hasId(value: unknown): value is { id: number } {
  return isObject(value) && typeof value["id"] === "number";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
