import { act, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { settled } from "@spotter/realtime/testing";
import { renderApp } from "../../test/render";
import ChangesPage from "./page";

const entry = { at: 0, actor: "Ben", channel: "coaches", label: "Ann", type: "put" };
const added = { event: "new_coach", changes: { name: [null, "Ann"] } };
const deleted = { event: "delete_coach", type: "del", changes: { name: ["Ann", null] } };

it("of what is gone no addition can be undone, and its deletion can", async () => {
  const page = renderApp(<ChangesPage />, "/changes");
  const data = [
    { ...entry, ...deleted, seq: 3, id: 1 },
    { ...entry, ...added, seq: 2, id: 2 },
    { ...entry, ...added, seq: 1, id: 1 },
  ];
  page.socket.answer("history", { ok: true, data: data as never, errors: {}, meta: {} });
  await act(async () => {
    page.socket.accept();
    page.socket.receive("sync", { epoch: "e", mode: "snapshot", seq: 5, snapshot: {} });
    await settled();
  });
  const section = await screen.findByRole("region");
  const items = within(section).getAllByText(/added|deleted/);
  const buttons = items.map((item) =>
    within(item.closest("li") as HTMLElement)
      .queryAllByRole("button")
      .map((button) => button.textContent),
  );
  expect(buttons).toEqual([["Restore"], ["Undo"], []]);
  const why = items.map((item) => item.closest("li")?.textContent.includes("Deleted since"));
  expect(why).toEqual([false, false, true]);
});
