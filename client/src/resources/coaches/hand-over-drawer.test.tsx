import { useLoaded } from "@spotter/realtime/react";
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { slot } from "../timetable/testing";
import HandOverDrawer from "./hand-over-drawer";

const user = userEvent.setup({ delay: null });
const coach = (id: number, name: string) => ({ id, name, age: 30, picture: "", username: "" });
const ada = coach(1, "Ada");
let page: ReturnType<typeof renderApp>;

/** It is opened from a page on which the classes are there. */
function Opened() {
  return useLoaded("schedules") && <HandOverDrawer coach={ada} onClose={() => {}} />;
}

beforeEach(() => {
  page = renderApp(<Opened />);
  act(() => {
    page.socket.accept();
    const snapshot = {
      coaches: [ada, coach(2, "Ben")].map((record) => ({ rev: 1, record })),
      schedules: [{ rev: 1, record: slot(1, "Monday", "900") }],
      exceptions: [],
    };
    page.socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot });
  });
});

/** What a button says of why it cannot be pressed. */
function reasonOf(button: HTMLElement): string {
  const described = button.getAttribute("aria-describedby");
  return (described && document.getElementById(described)?.textContent) ?? "";
}
const submit = () => screen.getByRole("button", { name: /^Give/ });
const isBefore = (one: Element, other: Element) =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

it("asks to whom first, and says what is missing as long as something is", async () => {
  const ben = screen.getByRole("radio", { name: "Ben" });
  const monday = screen.getByRole("checkbox", { name: "Monday 09:00 Circuit" });
  expect(isBefore(ben, monday)).toBe(true);
  expect(reasonOf(submit())).toBe("First choose to whom.");
  await user.click(submit());
  await user.click(ben);
  expect(reasonOf(submit())).toBe("");
  await user.click(monday);
  expect(reasonOf(submit())).toBe("First choose a class.");
  await user.click(submit());
  expect(page.realtime.outbox.ops.get()).toEqual([]);
  await user.click(monday);
  await user.click(submit());
  expect(page.realtime.outbox.ops.get()).toHaveLength(1);
});

it("so it does between two dates", async () => {
  await user.click(screen.getByRole("radio", { name: "Between two dates" }));
  const from = screen.getByLabelText("From");
  expect(isBefore(screen.getByRole("radio", { name: "Ben" }), from)).toBe(true);
  expect(reasonOf(submit())).toBe("First choose to whom.");
  await user.clear(from);
  expect(reasonOf(submit())).toBe("First correct the dates.");
  // Nobody is called free as long as it is not known when.
  expect(screen.queryByText("free then")).toBeNull();
});
