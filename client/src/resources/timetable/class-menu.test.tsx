import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import ClassMenu from "./class-menu";
import { slot } from "./testing";

it("says what is done for every week, and what on one date alone", () => {
  renderApp(
    <main id="main">
      <ClassMenu
        slot={slot(1, "Monday", "900")}
        date="2037-12-21"
        label="More"
        className=""
        onClose={() => undefined}
      />
    </main>,
  );
  const weekly = within(screen.getByRole("group", { name: "Circuit, every Monday" }));
  expect(weekly.getAllByRole("menuitem").map(({ textContent }) => textContent)).toEqual([
    "Edit",
    "Give to",
    "Copy to",
    "Delete",
  ]);
  expect(weekly.queryByText(/only on/)).toBeNull();
  expect(
    screen.getByRole("menuitem", { name: /^Change only on Monday 21 December/ }),
  ).toBeDefined();
});
