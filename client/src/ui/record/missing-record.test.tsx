import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { settled } from "@spotter/realtime/testing";
import { renderApp } from "../../../test/render";
import { MissingRecord } from "./missing-record";

const NEVER = /There never was such a coach/;

async function open(id: number, data: readonly object[]) {
  const { socket } = renderApp(<MissingRecord channel="coaches" id={id} />);
  socket.answer("history", { ok: true, data: data as never, errors: {}, meta: {} });
  await act(async () => {
    socket.accept();
    socket.receive("sync", { epoch: "e", mode: "snapshot", seq: 5, snapshot: { coaches: [] } });
    await settled();
  });
}

it.each([9, Number.NaN])("what never was has no way to what it was: %s", async (id) => {
  await open(id, []);
  expect(await screen.findByText(NEVER)).toBeDefined();
  expect(screen.queryByRole("link", { name: /restore/ })).toBeNull();
  expect(screen.getByRole("link", { name: "See all coaches" })).toBeDefined();
});

it("what was deleted has one", async () => {
  const changes = { name: ["Ann", null] };
  await open(9, [{ seq: 4, at: 0, actor: "Ben", channel: "coaches", id: 9, type: "del", changes }]);
  expect(await screen.findByRole("link", { name: /restore/ })).toBeDefined();
  expect(screen.queryByText(NEVER)).toBeNull();
});
