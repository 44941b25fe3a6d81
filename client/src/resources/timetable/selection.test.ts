import { describe, expect, it } from "vitest";
import { next, NOTHING, selectedOf } from "./selection";
import type { Step } from "./selection";
import { slot } from "./testing";

const week = [
  slot(1, "Monday", "700"),
  slot(2, "Monday", "900"),
  slot(3, "Tuesday", "800"),
  slot(4, "Wednesday", "900"),
  slot(5, "Wednesday", "1200"),
];
const select = (id: number, range = false): Step => ({ type: "select", id, range });
const after = (steps: readonly Step[], visible = week) =>
  steps.reduce((before, step) => next(before, step, visible), NOTHING);
const ids = (steps: readonly Step[], visible = week) =>
  selectedOf(after(steps, visible), visible).map(({ id }) => id);

describe("the selection", () => {
  it("begins with the first class that is selected", () => {
    expect(after([select(3)])).toMatchObject({ on: true, from: 3 });
    expect(ids([select(3), select(1)])).toEqual([1, 3]);
  });

  it("takes out what is selected again, and goes on with none", () => {
    expect(ids([select(3), select(1), select(3)])).toEqual([1]);
    expect(after([select(3), select(3)])).toMatchObject({ on: true });
  });

  it("takes the rectangle between two classes, from either corner, and keeps what it had", () => {
    expect(ids([select(1), select(4, true)])).toEqual([1, 2, 3, 4]);
    expect(ids([select(4), select(1, true)])).toEqual([1, 2, 3, 4]);
    expect(ids([select(5), select(3), select(4, true)])).toEqual([3, 4, 5]);
  });

  it("takes one class if there is none to go from", () => {
    expect(ids([select(4, true)])).toEqual([4]);
    const visible = week.filter(({ id }) => id !== 1);
    expect(ids([select(4, true)], visible)).toEqual([4]);
    expect(selectedOf(next(after([select(1)]), select(4, true), visible), visible)).toHaveLength(1);
  });

  it("has what is visible alone", () => {
    const visible = week.filter(({ day }) => day === "Monday");
    expect(selectedOf(after([{ type: "all" }]), visible).map(({ id }) => id)).toEqual([1, 2]);
    expect(ids([{ type: "all" }], visible)).toEqual([1, 2]);
    expect(ids([select(5)], visible)).toEqual([]);
    // What was hidden when another was selected does not come back.
    const one = next(after([{ type: "all" }]), select(1), visible);
    expect(selectedOf(one, week).map(({ id }) => id)).toEqual([2]);
  });

  it("ends with nothing", () => {
    expect(after([select(1), { type: "end" }])).toBe(NOTHING);
    expect(ids([{ type: "begin" }])).toEqual([]);
  });
});
