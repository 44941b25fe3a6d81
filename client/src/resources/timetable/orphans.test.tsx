import { act, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { Orphans } from "./orphans";
import { exception, slot } from "./testing";

it("one change that is left over is told whole, with its class and its note", () => {
  const page = renderApp(<Orphans />);
  const left = exception(slot(1, "Wednesday", "900"), "2037-12-23", { note: "Bring a towel." });
  act(() => {
    page.socket.accept();
    const schedules = [{ rev: 1, record: slot(1, "Friday", "900") }];
    const snapshot = { schedules, exceptions: [{ rev: 1, record: left }] };
    page.socket.receive("sync", { epoch: "e", mode: "snapshot", seq: 5, snapshot });
  });
  const region = within(screen.getByRole("region", { name: "One-off changes that are left over" }));
  expect(
    region.getByText(
      /^Circuit takes place on Fridays now. A change for Wednesday, 23 December 2037 is left over: Bring a towel.$/,
      { selector: "p" },
    ),
  ).toBeDefined();
  expect(region.getByRole("link", { name: "See the class" }).getAttribute("href")).toBe(
    "/classes/1",
  );
  expect(region.getByRole("button", { name: "Delete this change" })).toBeDefined();
});
