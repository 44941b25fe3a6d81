import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { AnyRecord, SortKeys } from "../protocol/protocol.js";
import { predicate } from "./where.js";

interface Case {
  name: string;
  where: object;
  records: AnyRecord[];
  sortKeys?: SortKeys;
  found: number[];
}

const file = resolve(import.meta.dirname, "../../../../../tests/vectors/where.json");
const cases = JSON.parse(readFileSync(file, "utf8")) as Case[];

describe("vectors in where.json", () => {
  it.each(cases)("$name", ({ where, records, found, sortKeys }) => {
    const isWanted = predicate(where, sortKeys);
    expect(records.filter(isWanted).map(({ id }) => id)).toEqual(found);
    const isNotWanted = predicate({ not: where }, sortKeys);
    expect(records.filter(isNotWanted)).toHaveLength(records.length - found.length);
  });
});
