import { describe, expect, it } from "vitest";
import { copyName } from "./copy-name";

describe("the name of a copy", () => {
  it.each([
    ["Strong Legs", [], "Copy of Strong Legs"],
    ["Strong Legs", ["copy of strong legs"], "Copy 2 of Strong Legs"],
    ["Strong Legs", ["Copy of Strong Legs", "Copy 2 of Strong Legs"], "Copy 3 of Strong Legs"],
    ["Copy of Strong Legs", ["Copy of Strong Legs"], "Copy 2 of Strong Legs"],
    ["Copy 2 of Strong Legs", [], "Copy of Strong Legs"],
    ["Copy of ", [], "Copy of Copy of"],
  ])("of %j beside %j is %j", (name, taken, copy) => expect(copyName(name, taken)).toBe(copy));

  it("has at most 40 characters, and is free also where it is cut", () => {
    const name = "Everything that a strong person can lift";
    const first = copyName(name, []);
    expect(first).toBe("Copy of Everything that a strong person");
    expect(copyName(name, [first])).toBe("Copy 2 of Everything that a strong perso");
  });

  it("is not cut within what is seen as one character", () => {
    const name = `${"x".repeat(30)}\u{1F469}\u200D\u{1F680}`;
    expect(copyName(name, [])).toBe(`Copy of ${"x".repeat(30)}`);
  });
});
