import { describe, expect, it } from "vitest";
import starters from "../../../../server/seeds/moves.json";
import { rules } from "./fields";
import { STARTERS } from "./use-starter";

describe("the starter library", () => {
  it("has as many moves as its button says, each under a name of its own", () => {
    expect(starters).toHaveLength(STARTERS);
    expect(new Set(starters.map(({ name }) => name)).size).toBe(STARTERS);
  });

  it.each(starters)("has a $name that a form would let through", (move) => {
    expect(Object.keys(move)).toEqual(["name", "focus", "description"]);
    const wrong = [
      rules.name(move.name),
      rules.focus(move.focus),
      rules.description(move.description),
    ];
    expect(wrong).toEqual([null, null, null]);
  });
});
