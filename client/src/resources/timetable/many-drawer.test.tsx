import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { CopyMany } from "./copy-many";
import { GiveMany } from "./give-many";
import { MoveMany } from "./move-many";
import { slot } from "./testing";

const classes = [slot(1, "Monday", "900"), slot(2, "Friday", "1700")];
const none = () => undefined;

for (const Form of [MoveMany, CopyMany, GiveMany]) {
  it(`${Form.name} names the classes, and says that it is for every week`, () => {
    renderApp(<Form classes={classes} onDone={none} onCancel={none} />);
    expect(screen.getByText("In every week:")).toBeDefined();
    const [first, second] = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(first).toMatch(/Circuit.*Ada/);
    expect(second).toMatch(/Circuit.*Ada/);
  });
}
