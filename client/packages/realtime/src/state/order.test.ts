import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import type { AnyRecord, SortKeys } from "../protocol/protocol.js";
import { comparison } from "./order.js";

interface Case {
  name: string;
  order: string[];
  records: AnyRecord[];
  sortKeys?: SortKeys;
  sorted: number[];
}

const file = resolve(import.meta.dirname, "../../../../../tests/vectors/order.json");
const cases = JSON.parse(readFileSync(file, "utf8")) as Case[];

it.each(cases)("$name", ({ order, records, sorted, sortKeys }) => {
  expect(
    records
      .toReversed()
      .toSorted(comparison(order, sortKeys))
      .map(({ id }) => id),
  ).toEqual(sorted);
});

it("puts records that have no id yet after all others, the newest last", () => {
  const records = [{ id: -2 }, { id: 3 }, { id: -1 }, { id: 1 }] as AnyRecord[];
  expect(records.toSorted(comparison()).map(({ id }) => id)).toEqual([1, 3, -1, -2]);
});
