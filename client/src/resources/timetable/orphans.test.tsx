import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { Orphans } from "./orphans";
import { exception, slot } from "./testing";

it("one change that fits no class is named with its class and date, and its note stands apart", () => {
  const page = renderApp(<Orphans />);
  const left = exception(slot(1, "Wednesday", "900"), "2037-12-23", { note: "Bring a towel." });
  act(() => {
    page.socket.accept();
    const schedules = [{ rev: 1, record: slot(1, "Friday", "900") }];
    const snapshot = { schedules, exceptions: [{ rev: 1, record: left }] };
    page.socket.receive("sync", { epoch: "e", mode: "snapshot", seq: 5, snapshot });
  });
  expect(
    screen.getByText("1 one-off change no longer fits a class: Circuit, Wednesday 23 December"),
  ).toBeDefined();
  expect(screen.getByRole("listitem", { hidden: true }).textContent).toBe(
    "Circuit is on Friday now. Left for Wednesday, 23 December 2037: Bring a towel.",
  );
});
