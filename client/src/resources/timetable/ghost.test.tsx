import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { Ghost } from "./ghost";
import { slot } from "./testing";

it("a class in the hand has the colour of its level, as in the grid", () => {
  const plan = { id: 7, name: "Circuit", difficulty: "Beginner" };
  renderApp(<Ghost slot={slot(1, "Monday", "900", { workout_plan: plan })} overlaps={[]} />);
  expect(screen.getByText("For every week")).toBeDefined();
  expect(screen.queryByText(/drop it here/)).toBeNull();
  expect(screen.getByText("Ada").closest("[data-level]")?.getAttribute("data-level")).toBe("1");
});

it("what would be wanted twice does not keep it from being dropped", () => {
  const taken = "Studio 1 has Spin until 18:30.";
  renderApp(<Ghost slot={slot(1, "Monday", "900")} overlaps={[taken]} />);
  expect(screen.getByText(`${taken} You can still drop it here.`)).toBeDefined();
});
