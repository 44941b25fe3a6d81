import { notifications, notificationsStore } from "@mantine/notifications";
import { settled } from "@spotter/realtime/testing";
import type { FakeSocket } from "@spotter/realtime/testing";
import { act, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { savedNotice } from "./saved-notice";

let page: ReturnType<typeof renderApp>;
let op: string;

beforeEach(() => {
  act(() => void notifications.clean());
  page = renderApp(null);
  const before = { id: 3, name: "Ada Holm", age: 30, picture: "", username: "" };
  ({ op } = page.realtime.edit({
    channel: "coaches",
    kind: "update",
    id: 3,
    data: { age: 31 },
    from: { record: before, rev: 1 },
  }));
  act(() => savedNotice(page.realtime, "Coach", "on the device", op));
});

const goLive = () =>
  act(() => {
    page.socket.accept({ data: "", sid: "own", access: "open", user: null });
    page.socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot: {} });
  });

const answer = async (ack: Parameters<FakeSocket["answer"]>[1]) => {
  page.socket.of("update_coach").at(-1)?.ack(ack);
  await settled();
};

it("says that an edit waits until it is saved, and then that it is", async () => {
  expect(screen.getByText(/Coach: your edit is not sent yet/)).toBeDefined();
  goLive();
  expect(await screen.findByText("Coach: your edit is being sent")).toBeDefined();
  const record = { id: 3, name: "Ada Holm", age: 31, picture: "", username: "" };
  await act(() => answer({ ok: true, data: record, errors: {}, meta: { seq: 2 } }));
  expect(await screen.findByText("Coach is saved")).toBeDefined();
  expect(screen.queryByText(/Coach: your edit is not sent yet/)).toBeNull();
});

it("says nothing more of an edit that is refused: the edit says so itself", async () => {
  goLive();
  const errors = { age: "Must be a number." };
  await act(() => answer({ ok: false, data: null, errors, meta: {} }));
  expect(page.realtime.outbox.ops.get()[0]?.state).toBe("parked");
  expect(notificationsStore.getState().notifications).toEqual([]);
});

it("goes with an edit that is taken back", () => {
  act(() => void page.realtime.outbox.discard(op));
  expect(notificationsStore.getState().notifications).toEqual([]);
});
