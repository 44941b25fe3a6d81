import { describe, expect, it } from "vitest";
import { HOURS, shapeOf } from "./grid-shape";

const alone = [1, 1, 1, 1, 1, 1, 1];

describe("the shape of the grid", () => {
  it("is to scale while the narrowest class can be read", () => {
    expect(shapeOf(alone, 1160).toScale).toBe(true);
    expect(shapeOf([2, 1, 2, 1, 1, 1, 1], 1160).toScale).toBe(true);
    expect(shapeOf([9, 9, 9, 9, 9, 9, 9], 1160).toScale).toBe(false);
    expect(shapeOf(alone, HOURS + 7 * 111).toScale).toBe(false);
  });
  it("gives a day with classes side by side more room, and all days the same where they are not", () => {
    const [two = 0, one = 0] = shapeOf([2, 1, 1, 1, 1, 1, 1], 1160).widths;
    expect(two / one).toBeCloseTo(1.8);
    expect(new Set(shapeOf([9, 1, 1, 1, 1, 1, 1], 1160).widths).size).toBe(1);
  });
  it("is not to scale where one day is shown alone", () => {
    expect(shapeOf([1], 1160).toScale).toBe(false);
  });
  it("is scrolled sideways only where a day would be narrower than a word", () => {
    expect(shapeOf(alone, HOURS + 7 * 82).needed).toBe(HOURS + 7 * 82);
    expect(shapeOf(alone, 400).needed).toBeGreaterThan(400);
    expect(shapeOf([8], 264)).toMatchObject({ toScale: false, needed: HOURS + 82 });
  });
});
