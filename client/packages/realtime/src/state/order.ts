/** The order of records that the server gives them. `tests/vectors/order.json` describes it to other languages. Pure. */
import type { AnyRecord, SortKeys } from "../protocol/protocol.js";
import { compareValues, valueAt } from "./where.js";

export type Compare = (a: AnyRecord, b: AnyRecord) => number;

/** By these fields, `-` before one for descending; the id decides among equals. Provisional ids go last. */
export function comparison(order: readonly string[] = [], sortKeys: SortKeys = {}): Compare {
  const keys = order.map((name) => ({
    path: name.replace(/^-/, ""),
    sign: name[0] === "-" ? -1 : 1,
  }));
  return (a, b) => {
    for (const { path, sign } of keys) {
      if (path === "id") return sign * compareIds(a.id, b.id);
      const difference = compareValues(valueAt(a, path), valueAt(b, path), sortKeys[path]);
      if (difference !== 0) return sign * difference;
    }
    return compareIds(a.id, b.id);
  };
}

/** Provisional ids are negative and belong to the newest records, so they are greater than all others. */
export function compareIds(a: number, b: number): number {
  return a < 0 !== b < 0 ? b - a : Math.abs(a) - Math.abs(b);
}
