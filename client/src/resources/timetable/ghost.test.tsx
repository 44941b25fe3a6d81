import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { Ghost } from "./ghost";
import { slot } from "./testing";

it("a class in the hand has the colour of its level, as in the grid", () => {
  const plan = { id: 7, name: "Circuit", difficulty: "Beginner" };
  renderApp(<Ghost slot={slot(1, "Monday", "900", { workout_plan: plan })} overlaps={[]} />);
  expect(screen.getByText("Ada").closest("[data-level]")?.getAttribute("data-level")).toBe("1");
});
