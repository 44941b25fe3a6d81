import { expect, it } from "vitest";
import { german } from "./german";

const english = import.meta.glob<string>(["./**/*texts.ts", "./**/things.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

it("is there for the texts of every folder", () => {
  const names = Object.values(english).map((source) => /\broom\(\s*"([\w-]+)"/.exec(source)?.[1]);
  expect(names.length).toBeGreaterThan(10);
  expect(Object.keys(german).toSorted()).toEqual(names.toSorted());
});
