import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import DayDrawer from "./day-drawer";
import { slot } from "./testing";

it("says the date once, and before the gym is closed what would not take place", () => {
  const { socket } = renderApp(
    <DayDrawer date="2037-12-24" hidden={new Set()} onClose={() => {}} />,
  );
  const classes = [
    slot(1, "Thursday", "900"),
    slot(2, "Thursday", "1000"),
    slot(3, "Friday", "900"),
  ];
  act(() => {
    socket.accept();
    const schedules = classes.map((record) => ({ rev: 1, record }));
    const snapshot = { schedules, exceptions: [], coaches: [] };
    socket.receive("sync", { epoch: "e", mode: "snapshot", seq: 5, snapshot });
  });
  expect(screen.getAllByText(/24 December/)).toHaveLength(1);
  expect(screen.getByText("2 classes on this day.")).toBeDefined();
  expect(screen.getByText("Then 2 classes do not take place.")).toBeDefined();
});
