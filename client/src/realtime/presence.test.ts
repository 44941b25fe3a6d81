import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeSocket, settled } from "../../test/fake-socket";
import { Presence } from "./presence";
import { Connection } from "./socket";

let socket: FakeSocket;
let presence: Presence;

beforeEach(() => {
  vi.useFakeTimers();
  socket = new FakeSocket();
  presence = new Presence(new Connection(socket));
  socket.accept();
  socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot: {} });
});

afterEach(() => vi.useRealTimers());

const said = () => socket.of("editing").map(({ args }) => (args[0] as { on: boolean }).on);

it("says that a record is edited, says it again in time, and says when it is over", () => {
  socket.answer("editing", { ok: true, data: null, errors: {} });
  const stop = presence.edit("coaches", 3);
  expect(socket.last().args[0]).toEqual({ channel: "coaches", id: 3, on: true });
  vi.advanceTimersByTime(12_500);
  socket.receive("changes", { epoch: "e", prev: 1, seq: 1, changes: [] });
  vi.advanceTimersByTime(12_500);
  expect(said()).toEqual([true, true, true]);
  stop();
  vi.advanceTimersByTime(60_000);
  expect(said()).toEqual([true, true, true, false]);
});

it("asks a server without presence once", async () => {
  const stop = presence.edit("coaches", 3);
  socket.last().ack({ ok: false, data: null, errors: {}, meta: { code: "unknown_event" } });
  await settled();
  vi.advanceTimersByTime(60_000);
  stop();
  presence.edit("coaches", 4)();
  expect(said()).toEqual([true]);
});

it("knows who is there, and nobody without a connection", () => {
  const rose = { sid: "s", name: "Rose", editing: { channel: "coaches", id: 3 } };
  socket.receive("presence", { users: [rose] });
  expect(presence.users.get()).toEqual([rose]);
  socket.drop();
  expect(presence.users.get()).toEqual([]);
});
