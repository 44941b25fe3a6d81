import { describe, expect, it } from "vitest";
import { merge } from "./merge.js";

const base = { name: "Ada", age: 30, picture: "" };
const fields = Object.keys(base);

describe("merge", () => {
  it("takes what only they changed and keeps what only I changed", () => {
    const result = merge(base, { ...base, name: "Adele" }, { ...base, age: 31 }, fields);
    expect(result).toEqual({
      merged: { name: "Adele", age: 31, picture: "" },
      taken: ["age"],
      conflicts: [],
    });
  });

  it("keeps mine and names the field where both changed it", () => {
    const result = merge(base, { ...base, age: 29 }, { ...base, age: 31 }, fields);
    expect(result).toEqual({ merged: { ...base, age: 29 }, taken: [], conflicts: ["age"] });
  });

  it("sees no conflict where both made the same change", () => {
    const both = { ...base, age: 31 };
    expect(merge(base, both, both, fields)).toEqual({ merged: both, taken: [], conflicts: [] });
  });

  it("compares lists by their content", () => {
    const list = { moves: [{ id: 1 }] };
    const same = { moves: [{ id: 1 }] };
    const other = { moves: [{ id: 2 }] };
    expect(merge(list, same, other, ["moves"])).toMatchObject({ taken: ["moves"], conflicts: [] });
  });
});
