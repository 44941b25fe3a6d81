import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { CopyMany } from "./copy-many";
import { GiveMany } from "./give-many";
import { Lines } from "./many-drawer";
import { MoveMany } from "./move-many";
import { slot } from "./testing";

const classes = [slot(1, "Monday", "900"), slot(2, "Friday", "1700")];
const none = () => undefined;

for (const Form of [MoveMany, CopyMany, GiveMany]) {
  it(`${Form.name} names the classes, and says that it is for every week`, () => {
    renderApp(<Form classes={classes} onDone={none} onCancel={none} />);
    expect(screen.getByText("These classes, in every week:")).toBeDefined();
    const [first, second] = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(first).toMatch(/Circuit.*Ada/);
    expect(second).toMatch(/Circuit.*Ada/);
  });
}

it("a warning of many lines opens the rest of them", () => {
  const lines = Array.from({ length: 7 }, (_, at) => `Line ${at + 1}`);
  renderApp(<Lines title="Overlaps" lines={lines} />);
  const more = screen.getByText("And 3 more.").closest("details");
  const shown = within(more as HTMLElement).getAllByRole("listitem", { hidden: true });
  expect(shown.map(({ textContent }) => textContent)).toEqual(["Line 5", "Line 6", "Line 7"]);
});
