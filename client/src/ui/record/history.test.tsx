import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { settled } from "@spotter/realtime/testing";
import { renderApp } from "../../../test/render";
import History from "./history";

it("what the gym came with was added by nobody", async () => {
  const page = renderApp(<History channel="coaches" id={1} />);
  const entry = { at: 0, actor: null, channel: "coaches", id: 1, label: "Ann", type: "put" };
  const data = [
    { ...entry, seq: 2, event: "update_coach", actor: "Ben", changes: { age: [30, 31] } },
    { ...entry, seq: 1, event: "seed", changes: { name: [null, "Ann"] } },
  ];
  page.socket.answer("history", { ok: true, data: data as never, errors: {}, meta: {} });
  await act(async () => {
    page.socket.accept();
    page.socket.receive("sync", { epoch: "e", mode: "snapshot", seq: 5, snapshot: {} });
    await settled();
  });
  const [latest, first] = await screen.findAllByRole("listitem");
  expect(latest?.textContent).toMatch(/^Ben changed this /);
  expect(first?.textContent).toMatch(/^Added /);
});
